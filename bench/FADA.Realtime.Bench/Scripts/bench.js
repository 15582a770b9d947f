// A bare WHEP viewer that notes what reaches the glass and the ear: nothing of the product's own page, so that a fault
// of the one does not hide in the other. All times are those of performance.now().
window.bench = (() => {
  // The four squares of the stamp: white, black, "of a turn", "loud"; shares of the way from black to white.
  const SQUARE = 32;
  const RISE = 0.12;
  const FALL = 0.92;
  const LOUD = 0.1;
  const AUDIBLE = 0.02;
  const QUIET_BEFORE_CLICK = 0.4;

  const noted = { turnOn: [], turnOff: [], loudOn: [], click: [], spoken: [] };
  let waiting = [];
  let lastSound = -Infinity;
  let stamped = false;
  let speaking = false;

  const note = (list, time) => {
    noted[list].push(time);
    waiting = waiting.filter((w) => !(w.list === list && time >= w.from && (w.done(time), true)));
  };

  // The first note of a list at or after a time.
  const next = (list, from, timeout) =>
    new Promise((done, fail) => {
      const already = noted[list].find((time) => time >= from);
      if (already !== undefined) return done(already);
      const timer = setTimeout(() => fail(new Error(`no ${list} within ${timeout} ms`)), timeout);
      waiting.push({ list, from, done: (time) => (clearTimeout(timer), done(time)) });
    });

  const within = (promise, timeout, what) =>
    Promise.race([promise, new Promise((_, fail) => setTimeout(() => fail(new Error(`no ${what} within ${timeout} ms`)), timeout))]);

  const offerOf = async (pc) => {
    await pc.setLocalDescription();
    if (pc.iceGatheringState !== 'complete') {
      await within(new Promise((done) => (pc.onicegatheringstatechange = () => pc.iceGatheringState === 'complete' && done())), 10000, 'candidates');
    }
    return pc.localDescription.sdp;
  };

  const post = async (url, token, sdp) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/sdp', Authorization: `Bearer ${token}` },
      body: sdp,
      signal: AbortSignal.timeout(15000),
    });
    if (response.status !== 201) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
    const location = new URL(response.headers.get('Location'), document.baseURI).href;
    return { sdp: await response.text(), end: () => fetch(location, { method: 'DELETE', headers: { Authorization: `Bearer ${token}` } }) };
  };

  const receive = () => {
    const pc = new RTCPeerConnection();
    const stream = new MediaStream();
    for (const kind of ['video', 'audio']) {
      const { receiver } = pc.addTransceiver(kind, { direction: 'recvonly' });
      receiver.jitterBufferTarget = 0;
      stream.addTrack(receiver.track);
    }
    const video = document.createElement('video');
    video.srcObject = stream;
    document.body.append(video);
    return { pc, stream, video };
  };

  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [16, 4];
  const context = canvas.getContext('2d', { willReadFrequently: true });

  // "Of a turn" and "loud" of the picture on screen; null where it carries no stamp.
  const readStamp = (video) => {
    context.drawImage(video, 0, 0, 4 * SQUARE, SQUARE, 0, 0, 16, 4);
    const pixels = context.getImageData(0, 2, 16, 1).data;
    const [white, black, ...rest] = [2, 6, 10, 14].map((x) => pixels[4 * x + 1]);
    return white - black > 150 ? rest.map((value) => (value - black) / (white - black)) : null;
  };

  const watchStamp = (video) => {
    let [turn, loud] = [1, 1];
    const take = (now, meta) => {
      video.requestVideoFrameCallback(take);
      const stamp = readStamp(video);
      stamped = stamp !== null;
      const [turnNow, loudNow] = stamp ?? [1, 1];
      const time = meta.expectedDisplayTime;
      if (stamped) {
        if (turnNow > RISE && turn <= RISE) note('turnOn', time);
        if (turnNow < FALL && turn >= FALL) note('turnOff', time);
        if (loudNow > RISE && loud <= RISE) note('loudOn', time);
      }
      [turn, loud] = [turnNow, loudNow];
      speaking = stamped && turnNow >= FALL;
    };
    video.requestVideoFrameCallback(take);
  };

  // Not by an AudioContext: its clock slips on a machine without a sound card.
  const listen = async (stream, heard) => {
    const reader = new MediaStreamTrackProcessor({ track: stream.getAudioTracks()[0] }).readable.getReader();
    let quiet = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const samples = new Float32Array(value.numberOfFrames);
      value.copyTo(samples, { planeIndex: 0, format: 'f32-planar' });
      const rate = value.sampleRate;
      value.close();
      const end = performance.now();
      samples.forEach((sample, i) => {
        const level = Math.abs(sample);
        const time = end - ((samples.length - i) / rate) * 1000;
        if (level > AUDIBLE && heard === 'click') lastSound = time;
        if (level <= LOUD) quiet++;
        else {
          if (quiet > rate * QUIET_BEFORE_CLICK) note(heard, time);
          quiet = 0;
        }
      });
    }
  };

  return {
    noted,
    next,
    isStamped: () => stamped,
    isSpeaking: () => speaking && performance.now() - lastSound < 60,

    // When the sound that was heard last ended, once it has been quiet for a while.
    silence: async (timeout) => {
      const until = performance.now() + timeout;
      while (performance.now() - lastSound < 150) {
        if (performance.now() > until) throw new Error(`the sound went on for ${timeout} ms`);
        await new Promise((done) => setTimeout(done, 10));
      }
      return lastSound;
    },

    watch: async (url, token) => {
      const { pc, stream, video } = receive();
      const answer = await post(url, token, await offerOf(pc));
      await pc.setRemoteDescription({ type: 'answer', sdp: answer.sdp });
      await within(video.play(), 15000, 'picture');
      watchStamp(video);
      void listen(stream, 'click');
      return true;
    },

    // One viewer comes, sees its first frame and goes; milliseconds from its POST.
    join: async (url, token) => {
      const { pc, video } = receive();
      const offer = await offerOf(pc);
      const first = new Promise((done) => video.requestVideoFrameCallback((now) => done(now)));
      const posted = performance.now();
      const answer = await post(url, token, offer);
      const answered = performance.now();
      await pc.setRemoteDescription({ type: 'answer', sdp: answer.sdp });
      void video.play().catch(() => undefined);
      const seen = await within(first, 15000, 'first frame');
      const stamp = readStamp(video);
      await answer.end();
      pc.close();
      video.remove();
      if (!stamp) throw new Error('the first picture carries no stamp');
      return { answer: answered - posted, frame: seen - posted };
    },

    speakInto: async (url, token) => {
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false, channelCount: 1 },
      });
      const pc = new RTCPeerConnection();
      pc.addTransceiver(stream.getAudioTracks()[0], { direction: 'sendonly', streams: [stream] });
      const answer = await post(url, token, await offerOf(pc));
      await pc.setRemoteDescription({ type: 'answer', sdp: answer.sdp });
      void listen(stream, 'spoken');
      return true;
    },
  };
})();
