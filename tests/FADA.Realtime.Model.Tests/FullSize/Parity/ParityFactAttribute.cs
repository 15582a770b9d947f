namespace FADA.Realtime.Model.Tests.FullSize.Parity;

/// <summary>A test that needs the fixtures made with the original Python; skipped, with the reason, where they are not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ParityFactAttribute : FactAttribute
{
    public ParityFactAttribute() => Skip = ParityFixtures.Folder is null ? ParityFixtures.WhyMissing : null;
}
