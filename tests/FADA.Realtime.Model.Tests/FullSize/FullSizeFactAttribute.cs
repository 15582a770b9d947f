namespace FADA.Realtime.Model.Tests.FullSize;

/// <summary>A test at the real size of public checkpoints: minutes, 9 GiB of memory and 6 GiB of disk, so only when asked for.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FullSizeFactAttribute : FactAttribute
{
    public FullSizeFactAttribute() => Skip = Pictures > 0 ? null : "Takes minutes and 9 GiB: set FADA_FULL_SIZE to the number of pictures in a window (16 as published).";

    public static int Pictures => int.TryParse(Environment.GetEnvironmentVariable("FADA_FULL_SIZE"), out var n) ? n : 0;
}
