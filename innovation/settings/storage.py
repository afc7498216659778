"""Where files are stored: a folder of this machine, or an S3 bucket."""

from importlib.util import find_spec

from innovation.settings import env

_FOLDER: dict[str, object] = {
    "BACKEND": "innovation.core.storage.Folder",
    "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
}


def storage() -> dict[str, object]:
    """The `default` storage. boto3 reads its credentials from its own variables, or
    from the machine. Every file is private, and none replaces another of the same name.
    """
    bucket = env.read_text("S3_BUCKET", "")
    if not bucket:
        return _FOLDER
    if find_spec("storages") is None:
        raise env.WrongSetting(
            "S3_BUCKET", "it needs the packages of requirements/s3.txt."
        )
    return {
        "BACKEND": "innovation.core.buckets.Bucket",
        "OPTIONS": {
            "bucket_name": bucket,
            "region_name": env.read_text("S3_REGION", "eu-west-2"),
            "endpoint_url": env.read_text("S3_ENDPOINT", "") or None,
            "default_acl": "private",
            "file_overwrite": False,
        },
    }
