namespace FADA.Realtime.Training.Speech;

/// <summary>IPA phonemes to the 14 groups that look different on the lips.</summary>
public static class VisemeMap
{
    private static readonly string[] Groups =
    [
        "",                 // 0 silence and anything unknown
        "pbmɓ",             // 1 lips closed
        "fvʋɱ",             // 2 lip on teeth
        "θð",               // 3 tongue on teeth
        "tdnɾʈɖɳȵ",         // 4 tongue behind teeth
        "szʂʐɕʑ",           // 5 teeth together
        "ʃʒç",              // 6 lips forward, teeth together
        "kɡgŋxɣhqχʔħʕɦcɟɲ", // 7 far back
        "lɫʎɭɬ",            // 8 tongue up
        "rɹʁɻʀɽ",           // 9 r-like
        "aɑæʌɐäɶ",          // 10 wide open
        "eɛəɜɘɤɚɝ",         // 11 half open
        "iɪjɨᵻ",            // 12 spread
        "oɔɒuʊwyøœʉɯʏʍɥ",   // 13 rounded
    ];

    public static int Count => Groups.Length;

    /// <summary>The group of a phoneme by its first IPA letter; stress and tie marks are skipped; 0 for pauses.</summary>
    public static int Of(string phoneme)
    {
        foreach (var letter in phoneme)
        {
            for (var group = 1; group < Groups.Length; group++)
            {
                if (Groups[group].Contains(letter, StringComparison.Ordinal))
                    return group;
            }
        }
        return 0;
    }
}
