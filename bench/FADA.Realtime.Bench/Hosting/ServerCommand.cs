namespace FADA.Realtime.Bench.Hosting;

/// <summary>How a server is started: a program and the arguments before those of a bench, up to and with "serve".</summary>
public sealed record ServerCommand(string Program, IReadOnlyList<string> Arguments);
