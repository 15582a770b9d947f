using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("FADA.Realtime.Media.Tests")]
