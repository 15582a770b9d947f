namespace FADA.Realtime.Streaming.Sessions;

/// <summary>
/// Which turn may play and how much of it was played, in one word, so that an interrupt and the playout clock never
/// disagree: a frame is claimed before it leaves, and no frame of an older turn can be claimed. The number of the
/// turn is the epoch.
/// </summary>
internal sealed class PlayHead
{
    private const int SampleBits = 39; // a turn of 397 days
    private const ulong SampleMask = (1UL << SampleBits) - 1;
    private const ulong OpenBit = 1UL << SampleBits;
    private const int TurnShift = SampleBits + 1;

    private ulong _word = 1UL << TurnShift;

    /// <summary>The oldest turn that is not over; everything of an older one is to be dropped.</summary>
    public int Turn => (int)(Volatile.Read(ref _word) >> TurnShift);

    /// <summary>Whether a frame of <see cref="Turn"/> was played.</summary>
    public bool Open => (Volatile.Read(ref _word) & OpenBit) != 0;

    /// <summary>Counts the samples as played, if the turn may still play.</summary>
    public bool TryClaim(int turn, int samples)
    {
        while (true)
        {
            var word = Volatile.Read(ref _word);
            if ((int)(word >> TurnShift) != turn)
                return false;
            if (Interlocked.CompareExchange(ref _word, (word | OpenBit) + (ulong)samples, word) == word)
                return true;
        }
    }

    /// <summary>Moves on to a turn; everything before it is over.</summary>
    /// <returns>The turn that could play until now and the samples of it that were played.</returns>
    public (int Turn, long Samples) MoveTo(int turn)
    {
        var word = Interlocked.Exchange(ref _word, (ulong)turn << TurnShift);
        return ((int)(word >> TurnShift), (long)(word & SampleMask));
    }
}
