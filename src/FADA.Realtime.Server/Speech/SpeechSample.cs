namespace FADA.Realtime.Server.Speech;

/// <summary>A built-in sample.</summary>
/// <param name="Name">In addresses.</param>
/// <param name="Title">For people.</param>
/// <param name="Voice">Of espeak-ng.</param>
/// <param name="Text">What is said.</param>
internal sealed record SpeechSample(string Name, string Title, string Voice, string Text);
