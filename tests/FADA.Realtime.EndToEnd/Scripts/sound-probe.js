// Listens to the sound of a MediaStream as it is played out: loudness over time, and the moments at which silence turns
// into sound ("clicks"). All times are those of performance.now(). Not by an AudioContext: its clock slips on a machine
// without a sound card, which reads as an offset that no viewer has.
window.soundProbe = (stream) => {
  const [track] = stream.getAudioTracks();
  const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
  const clicks = [];
  const levels = [];
  let running = true;
  let quiet = Infinity;
  const listen = async () => {
    while (running) {
      const { done, value } = await reader.read();
      if (done) return;
      const samples = new Float32Array(value.numberOfFrames);
      value.copyTo(samples, { planeIndex: 0, format: 'f32-planar' });
      const rate = value.sampleRate;
      value.close();
      const end = performance.now();
      let sum = 0;
      samples.forEach((sample, i) => {
        sum += sample * sample;
        if (Math.abs(sample) <= 0.1) quiet++;
        else {
          if (quiet > rate * 0.4) clicks.push(end - ((samples.length - i) / rate) * 1000);
          quiet = 0;
        }
      });
      levels.push({ time: end, level: Math.sqrt(sum / samples.length) });
      if (levels.length > 20000) levels.shift();
    }
  };
  void listen();
  return {
    clicks,
    level: (from, to) => {
      const within = levels.filter((l) => l.time >= from && l.time <= to);
      return within.reduce((sum, l) => sum + l.level, 0) / Math.max(1, within.length);
    },
    stop: () => {
      running = false;
      return reader.cancel();
    },
  };
};
