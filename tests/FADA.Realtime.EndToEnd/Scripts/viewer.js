// A bare WHEP viewer: nothing of the product's own page, so that a fault of the one does not hide in the other.
window.watch = async (url, token) => {
  const pc = new RTCPeerConnection();
  const stream = new MediaStream();
  for (const kind of ['video', 'audio']) {
    const { receiver } = pc.addTransceiver(kind, { direction: 'recvonly' });
    receiver.jitterBufferTarget = 0;
    stream.addTrack(receiver.track);
  }
  await pc.setLocalDescription();
  if (pc.iceGatheringState !== 'complete') await new Promise((done) => (pc.onicegatheringstatechange = () => pc.iceGatheringState === 'complete' && done()));
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/sdp', Authorization: `Bearer ${token}` },
    body: pc.localDescription.sdp,
  });
  if (response.status !== 201) throw new Error(`WHEP answered ${response.status}: ${await response.text()}`);
  await pc.setRemoteDescription({ type: 'answer', sdp: await response.text() });
  const video = document.createElement('video');
  video.srcObject = stream;
  document.body.append(video);
  await video.play();
  window.viewer = { pc, video, stream };
};
