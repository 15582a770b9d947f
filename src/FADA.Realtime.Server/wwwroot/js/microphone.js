import { exchange } from './exchange.js';
/** Sends the microphone to a session over WHIP. */
export class Microphone {
    stream;
    pc;
    whip;
    constructor(stream, pc, whip) {
        this.stream = stream;
        this.pc = pc;
        this.whip = whip;
    }
    /** Asks for the microphone and connects. `ended` is called once, when the connection fails or the device goes. */
    static async open(url, token, iceServers, ended) {
        if (!navigator.mediaDevices) {
            throw new Error('The browser gives a microphone only to pages on this machine or over HTTPS.');
        }
        const stream = await navigator.mediaDevices.getUserMedia({
            audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 },
        });
        const pc = new RTCPeerConnection({ iceServers });
        try {
            const track = stream.getAudioTracks()[0];
            pc.addTransceiver(track, { direction: 'sendonly', streams: [stream] });
            const microphone = new Microphone(stream, pc, await exchange(pc, url, token));
            let told = false;
            const tell = () => {
                if (!told)
                    ended();
                told = true;
            };
            track.addEventListener('ended', tell);
            pc.addEventListener('connectionstatechange', () => pc.connectionState === 'failed' && tell());
            return microphone;
        }
        catch (error) {
            pc.close();
            stream.getTracks().forEach((track) => track.stop());
            throw error;
        }
    }
    async close() {
        this.stream.getTracks().forEach((track) => track.stop());
        await this.whip.end();
        this.pc.close();
    }
}
