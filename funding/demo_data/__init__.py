"""Made-up people, organisations and cases, each labelled “(demonstration)”.

No real organisation is given a made-up act: every case is led by a made-up
organisation and names no council.
"""
