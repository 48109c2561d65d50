import os

import oss2
from command import config, run

if "securityToken" in config:
    credentials = oss2.StsAuth(config["accessKeyId"], config["accessKeySecret"], config["securityToken"], oss2.AUTH_VERSION_4)
else:
    credentials = oss2.AuthV4(config["accessKeyId"], config["accessKeySecret"])
bucket = oss2.Bucket(
    credentials,
    config["endpoint"],
    config["bucket"],
    region=config["region"],
    proxies={"http": config["proxy"]},
)


def put(key, path):
    bucket.put_object_from_file(key, path)


def upload(key, path, **options):
    oss2.resumable_upload(
        bucket, key, path, multipart_threshold=0, part_size=config["partSize"], num_threads=1, **options
    )


def resume(key, path, checkpoint):
    upload(key, path, store=oss2.ResumableStore(os.path.dirname(checkpoint), os.path.basename(checkpoint)))


def get(key, path):
    bucket.get_object_to_file(key, path)


def list_keys(prefix):
    return [entry.key for entry in oss2.ObjectIteratorV2(bucket, prefix)]


def sign_url(key):
    return bucket.sign_url("GET", key, 60, slash_safe=True)


def delete(key):
    bucket.delete_object(key)


run(
    {
        "version": lambda: oss2.__version__,
        "put": put,
        "multipart": upload,
        "resume": resume,
        "get": get,
        "list": list_keys,
        "sign-url": sign_url,
        "delete": delete,
    },
    lambda error: type(error).__name__,
)
