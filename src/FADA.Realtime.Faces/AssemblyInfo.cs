using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("FADA.Realtime.Faces.Tests")]
