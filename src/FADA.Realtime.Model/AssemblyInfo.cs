using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("FADA.Realtime.Model.Tests")]
[assembly: InternalsVisibleTo("FADA.Realtime.Cli.Tests")]
