using FADA.Realtime.Training.Data;
using FADA.Realtime.Training.Portraits;

namespace FADA.Realtime.Training.Tests.Portraits;

public class PortraitBlenderTests
{
    [Theory]
    [InlineData("default", new[] { "a", "b" }, "at least 3")]
    [InlineData("default", new[] { "a", "b", "a" }, "a, b, a")]
    [InlineData("No Name", new[] { "a", "b", "c" }, "'No Name'")]
    [InlineData("../x", new[] { "a", "b", "c" }, "'../x'")]
    public void New_WhatWouldShowSomebodyOrHasNoName_IsRefused(string name, string[] speakers, string told)
    {
        var e = Assert.Throws<DataException>(() => Blender(name, speakers, "in", "out"));

        Assert.Contains(told, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SpeakerWithoutFolder_NamesItAndWritesNothing()
    {
        var root = Directory.CreateTempSubdirectory("fada-blend-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(root, "a"));
            var output = Path.Combine(root, "avatars");

            var e = await Assert.ThrowsAsync<DataException>(() => Blender("x", ["a", "missing", "c"], root, output).Run().WaitAsync(TimeSpan.FromSeconds(20)));

            Assert.Contains("missing", e.Message, StringComparison.Ordinal);
            Assert.False(Directory.Exists(output));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static PortraitBlender Blender(string name, string[] speakers, string input, string output) =>
        new(new PortraitBlendOptions { Input = input, Speakers = speakers, Name = name, Output = output }, TimeProvider.System);
}
