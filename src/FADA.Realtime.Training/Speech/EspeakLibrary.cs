using System.Runtime.InteropServices;

namespace FADA.Realtime.Training.Speech;

/// <summary>libespeak-ng, used in process because only its callbacks tell when each phoneme begins.</summary>
internal static partial class EspeakLibrary
{
    public const int OutputSynchronous = 2;
    public const int PhonemeEvents = 0x0001;
    public const int PhonemeIpa = 0x0002;
    public const int EventPhoneme = 7;
    public const int CharsUtf8 = 1;
    public const int ParameterRate = 1;
    public const int ParameterPitch = 3;
    public const int ParameterRange = 4;
    private const string Library = "libespeak-ng.so.1";

    [StructLayout(LayoutKind.Sequential)]
    public struct Event
    {
        public int Type;
        public uint Id;
        public int TextPosition;
        public int Length;
        public int AudioMilliseconds;
        public int Sample;
        public nint UserData;

        /// <summary>Up to eight UTF-8 bytes of the phoneme's IPA name.</summary>
        public ulong Name;
    }

    [LibraryImport(Library, EntryPoint = "espeak_Initialize", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Initialize(int output, int bufferMilliseconds, string? path, int options);

    [LibraryImport(Library, EntryPoint = "espeak_SetSynthCallback")]
    public static unsafe partial void SetCallback(delegate* unmanaged[Cdecl]<short*, int, Event*, int> callback);

    [LibraryImport(Library, EntryPoint = "espeak_SetVoiceByName", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetVoice(string name);

    [LibraryImport(Library, EntryPoint = "espeak_SetParameter")]
    public static partial int SetParameter(int parameter, int value, int relative);

    [LibraryImport(Library, EntryPoint = "espeak_Synth", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Synthesize(string text, nuint size, uint position, int positionType, uint end, uint flags, nint id, nint user);
}
