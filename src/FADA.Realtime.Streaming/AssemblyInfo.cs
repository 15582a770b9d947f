using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("FADA.Realtime.Streaming.Tests")]
