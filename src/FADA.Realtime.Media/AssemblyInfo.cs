using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("FADA.Realtime.Media.Tests")]
[assembly: InternalsVisibleTo("FADA.Realtime.Server.Tests")]
