// A voice note of a minute, recorded by the page and put in its file field. Without this file, a sound of the telephone is
// chosen instead. Nothing leaves before the button is pressed.

const form = document.querySelector("[data-speak]");
const box = form?.querySelector("[data-record]");
const MOST = 60_000;
const KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg"];

if (box && navigator.mediaDevices?.getUserMedia && window.MediaRecorder) {
  const button = box.querySelector("[data-record-button]");
  const status = box.querySelector("[data-record-status]");
  const input = form.querySelector("input[type=file]");
  let recorder;
  let timer;
  box.hidden = false;

  const say = (words) => { status.textContent = words; };

  const stop = () => {
    clearTimeout(timer);
    if (recorder?.state === "recording") recorder.stop();
  };

  const put = (pieces, type) => {
    const name = `note.${type.includes("mp4") ? "m4a" : "webm"}`;
    const files = new DataTransfer();
    files.items.add(new File([new Blob(pieces, { type })], name, { type }));
    input.files = files.files;
  };

  const start = async () => {
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      say(box.dataset.refused);
      return;
    }
    const mimeType = KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));
    recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: 32_000 });
    const pieces = [];
    recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
    recorder.addEventListener("stop", () => {
      for (const track of stream.getTracks()) track.stop();
      put(pieces, recorder.mimeType || "audio/webm");
      button.setAttribute("aria-pressed", "false");
      say(box.dataset.done);
    });
    recorder.start();
    button.setAttribute("aria-pressed", "true");
    say(box.dataset.recording);
    timer = setTimeout(() => {
      stop();
      say(box.dataset.full);
    }, MOST);
  };

  button.addEventListener("click", () => (recorder?.state === "recording" ? stop() : start()));
}
