using FADA.Realtime.Training.Speech;

namespace FADA.Realtime.Training.Tests.Speech;

public class VisemeMapTests
{
    [Theory]
    [InlineData("p", "b")]
    [InlineData("b", "m")]
    [InlineData("f", "v")]
    [InlineData("uː", "oʊ")]
    [InlineData("ɑː", "æ")]
    public void Of_SoundsThatLookAlike_AreOneGroup(string a, string b) => Assert.Equal(VisemeMap.Of(a), VisemeMap.Of(b));

    [Theory]
    [InlineData("p", "f")]
    [InlineData("m", "ɑː")]
    [InlineData("iː", "uː")]
    public void Of_SoundsThatLookDifferent_AreTwoGroups(string a, string b) => Assert.NotEqual(VisemeMap.Of(a), VisemeMap.Of(b));

    [Fact]
    public void Of_Pause_IsSilence() => Assert.Equal(0, VisemeMap.Of(""));

    [Fact]
    public void Of_StressMark_IsSkipped() => Assert.Equal(VisemeMap.Of("b"), VisemeMap.Of("ˈb"));
}
