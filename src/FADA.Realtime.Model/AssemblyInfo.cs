using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("FADA.Realtime.Model.Tests")]
