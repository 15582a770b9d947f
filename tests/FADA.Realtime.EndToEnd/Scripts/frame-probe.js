// Watches a <video> frame by frame: when each frame came, how bright it is and how much each named box of it changed.
// Boxes are [x, y, width, height] in shares of the picture. Keeps the last 4,000 frames.
window.frameProbe = (video, boxes) => {
  const side = 48;
  const names = Object.keys(boxes);
  const canvas = document.createElement('canvas');
  canvas.width = side;
  canvas.height = side * names.length;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const frames = [];
  let before = null;
  let running = true;

  const take = (now, meta) => {
    if (!running) return;
    video.requestVideoFrameCallback(take);
    names.forEach((name, i) => {
      const [x, y, w, h] = boxes[name];
      const { videoWidth: width, videoHeight: height } = video;
      context.drawImage(video, x * width, y * height, w * width, h * height, 0, i * side, side, side);
    });
    const pixels = context.getImageData(0, 0, side, side * names.length).data;
    const frame = { time: now, shown: meta.expectedDisplayTime, presented: meta.presentedFrames, motion: {}, luma: {} };
    names.forEach((name, i) => {
      let change = 0;
      let light = 0;
      for (let p = i * side * side * 4; p < (i + 1) * side * side * 4; p += 4) {
        const luma = 0.299 * pixels[p] + 0.587 * pixels[p + 1] + 0.114 * pixels[p + 2];
        light += luma;
        if (before) change += Math.abs(luma - (0.299 * before[p] + 0.587 * before[p + 1] + 0.114 * before[p + 2]));
      }
      frame.motion[name] = change / (side * side);
      frame.luma[name] = light / (side * side);
    });
    before = pixels;
    frames.push(frame);
    if (frames.length > 4000) frames.shift();
  };
  video.requestVideoFrameCallback(take);

  return {
    frames,
    // Of the frames between two times of performance.now(), for a box: the spread (standard deviation) of its brightness
    // over time, which follows what opens and closes there, and the mean change of its pixels from frame to frame.
    movement: (box, from, to) => {
      const within = frames.filter((f) => f.time >= from && f.time <= to);
      const mean = (value) => within.reduce((sum, f) => sum + value(f), 0) / Math.max(1, within.length);
      const light = mean((f) => f.luma[box]);
      return { spread: Math.sqrt(mean((f) => (f.luma[box] - light) ** 2)), change: mean((f) => f.motion[box]) };
    },
    stop: () => {
      running = false;
    },
  };
};
