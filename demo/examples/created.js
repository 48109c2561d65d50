const { prefix, ...destination } = document.querySelector('#config').dataset;

function createUploader(folder) {
  return Object.assign(document.createElement('oss-resumable-upload'), {
    ...destination,
    credentialsUrl: '/credentials',
    objectKey: (file) => `${prefix}${folder}/${file.name}`,
  });
}

document.querySelector('#before').append(createUploader('created-before'));
await import('/dist/oss-resumable-upload.js');
document.querySelector('#after').append(createUploader('created-after'));
