const uploader = document.querySelector('oss-resumable-upload');
const [left, right] = document.querySelectorAll('.container');

document.querySelector('#move').addEventListener('click', () => {
  (left.contains(uploader) ? right : left).append(uploader);
});
document.querySelector('#remove').addEventListener('click', () => uploader.remove());
document.querySelector('#put-back').addEventListener('click', () => left.append(uploader));
