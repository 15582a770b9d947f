using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("FADA.Realtime.Training.Tests")]
