"""The secrets of a place, as no command may print them but the one whose matter they are."""

TOKEN = "token-7f3a9c51e0"
PIN_HASH = "$argon2id$v=19$m=19456,t=2,p=1$c2VjcmV0c2FsdHNh$" + "S" * 43
TYPED_PIN, NEW_PIN = "246831", "862047"
PASSWORD = "pass-81c2e77d"
SECRETS = (TOKEN, "c2VjcmV0c2FsdHNh", TYPED_PIN, NEW_PIN, PASSWORD)
