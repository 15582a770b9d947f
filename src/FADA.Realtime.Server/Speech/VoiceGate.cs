namespace FADA.Realtime.Server.Speech;

/// <summary>
/// Hears where somebody speaks in a microphone's endless sound, so that silence costs no inference and each utterance
/// becomes a turn. Loudness against a slowly rising noise floor; the beginning of a word is kept.
/// </summary>
internal sealed class VoiceGate
{
    public const int PieceSamples = 320;
    private const int PreRollPieces = 12;
    private const int HangoverPieces = 35;
    private const int OpenPieces = 3;
    private const double LeastDecibel = -50;
    private const double AboveNoise = 9;

    private readonly Queue<short[]> _preRoll = new(PreRollPieces + 1);
    private double _noise = -60;
    private int _loud;
    private int _quiet;

    /// <summary>Whether somebody speaks.</summary>
    public bool Open { get; private set; }

    /// <param name="piece">20 ms of 16 kHz mono.</param>
    /// <param name="take">Gets what belongs to speech, in order.</param>
    /// <returns>True when this piece ended an utterance.</returns>
    public bool Hear(short[] piece, Action<short[]> take)
    {
        var level = Decibel(piece);
        var voice = level > Math.Max(LeastDecibel, _noise + AboveNoise);
        // The floor falls at once and rises 2 dB a second, so that speech does not become its own noise.
        _noise = Math.Clamp(level < _noise ? level : _noise + 0.04, -80, -30);

        if (Open)
        {
            take(piece);
            _quiet = voice ? 0 : _quiet + 1;
            if (_quiet < HangoverPieces)
                return false;
            Open = false;
            _loud = 0;
            return true;
        }

        _preRoll.Enqueue(piece);
        if (_preRoll.Count > PreRollPieces)
            _preRoll.Dequeue();
        _loud = voice ? _loud + 1 : 0;
        if (_loud < OpenPieces)
            return false;
        Open = true;
        _quiet = 0;
        while (_preRoll.TryDequeue(out var earlier))
            take(earlier);
        return false;
    }

    private static double Decibel(short[] piece)
    {
        double sum = 0;
        foreach (var sample in piece)
            sum += (double)sample * sample;
        return 10 * Math.Log10(Math.Max(sum / Math.Max(1, piece.Length) / (32768.0 * 32768.0), 1e-12));
    }
}
