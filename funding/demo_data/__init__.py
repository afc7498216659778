"""Made-up people, organisations and cases, each labelled “(demonstration)”.

Every case is led by a made-up organisation and names no council, so that nothing is
invented about a real one.
"""
