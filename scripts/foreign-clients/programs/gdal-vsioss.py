from urllib.parse import urlsplit

from command import config, run
from osgeo import gdal

gdal.UseExceptions()
for name, value in {
    "OSS_ENDPOINT": urlsplit(config["endpoint"]).netloc,
    "OSS_HTTPS": "NO",
    "OSS_ACCESS_KEY_ID": config["accessKeyId"],
    "OSS_SECRET_ACCESS_KEY": config["accessKeySecret"],
    "VSIOSS_CHUNK_SIZE": str(config["partSize"] // 1024**2),
    "GDAL_HTTP_PROXY": config["proxy"],
    "CPL_VSIL_USE_TEMP_FILE_FOR_RANDOM_WRITE": "NO",
}.items():
    gdal.SetConfigOption(name, value)


def path_of(key):
    return f"/vsioss/{config['bucket']}/{key}"


def put(key, path):
    with open(path, "rb") as source:
        content = source.read()
    target = gdal.VSIFOpenExL(path_of(key), "wb", True)
    if target is None:
        raise RuntimeError(gdal.VSIGetLastErrorMsg())
    gdal.VSIFWriteL(content, 1, len(content), target)
    if gdal.VSIFCloseL(target) != 0:
        raise RuntimeError(gdal.GetLastErrorMsg())


def get(key, path):
    source = gdal.VSIFOpenExL(path_of(key), "rb", True)
    if source is None:
        raise RuntimeError(gdal.VSIGetLastErrorMsg() or "no file handle")
    size = gdal.VSIStatL(path_of(key)).size
    content = gdal.VSIFReadL(1, size, source)
    gdal.VSIFCloseL(source)
    with open(path, "wb") as target:
        target.write(content)


def list_keys(prefix):
    return [prefix + name for name in gdal.ReadDir(path_of(prefix.rstrip("/"))) or []]


def sign_url(key):
    return gdal.GetSignedURL(path_of(key), ["EXPIRATION_DELAY=60"])


def delete(key):
    if gdal.Unlink(path_of(key)) != 0:
        raise RuntimeError(gdal.GetLastErrorMsg())


run(
    {
        "version": lambda: gdal.__version__,
        # The client starts a multipart upload if the content exceeds one chunk.
        "put": put,
        "multipart": put,
        "get": get,
        "list": list_keys,
        "sign-url": sign_url,
        "delete": delete,
    },
    lambda error: str(error).split(":")[0] or type(error).__name__,
)
