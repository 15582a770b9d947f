using FADA.Realtime.EndToEnd.Viewing;

namespace FADA.Realtime.EndToEnd.ConsolePage;

/// <summary>The console page's sliders, moved as a person moves them, against the style in force on the server.</summary>
public sealed class StyleSliderTests : ConsoleTests
{
    private const string AudioSlider = "#style-audioScale";

    [BrowserFact]
    public async Task Slider_MovedByKeyboard_ChangesTheRunningSessionAndResetBringsItBack()
    {
        Assert.Equal("2.5", await ShownAsync());
        Assert.Equal(2.5, await InForceAsync("audioScale"), 3);

        await Page.GetByLabel("Audio scale").FocusAsync();
        for (var i = 0; i < 11; i++)
            await Page.Keyboard.PressAsync("ArrowRight");
        await UntilAsync("audioScale", 3.05);

        Assert.Equal("3.05", await ShownAsync());
        Assert.Equal(1.5, await InForceAsync("referenceScale"), 3);
        Assert.Equal("3.05", await Page.GetAttributeAsync(AudioSlider, "aria-valuetext"));

        await Page.Keyboard.PressAsync("End");
        await UntilAsync("audioScale", 6);
        await Page.GetByLabel("Steps").FocusAsync();
        await Page.Keyboard.PressAsync("Home");
        await UntilAsync("steps", 1);

        await Page.ClickAsync("#style-reset");
        await UntilAsync("audioScale", 2.5);
        await UntilAsync("steps", 2);
        await Page.WaitForFunctionAsync("() => document.querySelector('#style-audioScale-value').value === '2.5'");
        Assert.Empty(Opened.Errors);
    }

    [BrowserFact]
    public async Task Slider_WithAValueBeyondTheLimit_IsRefusedByNameAndShowsTheStyleInForceAgain()
    {
        await Page.EvalOnSelectorAsync(AudioSlider, "slider => { slider.max = 60; slider.value = 11; slider.dispatchEvent(new Event('input')); }");

        await Page.WaitForSelectorAsync("#alert:visible");

        Assert.Equal("audioScale is 11; it must be 0 to 10.", await Page.TextContentAsync("#alert"));
        Assert.Equal(2.5, await InForceAsync("audioScale"), 3);
        await Page.WaitForFunctionAsync("() => document.querySelector('#style-audioScale').value === '2.5'");
        Assert.Equal("2.5", await ShownAsync());
    }

    [BrowserFact]
    public async Task Slider_WhileSomebodyElseChangesTheStyle_ShowsWhatIsInForce()
    {
        await Opened.RunAsync("""
            fetch(`/api/sessions/${fada.session.id}/style`, {
              method: 'PATCH', body: '{"audioScale": 8}',
              headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${fada.session.token}` },
            })
            """);

        // Beyond the slider's own end: the figure still tells the truth.
        await Page.WaitForFunctionAsync("() => document.querySelector('#style-audioScale-value').value === '8.0'");
    }

    private Task<string> ShownAsync() => Page.EvalOnSelectorAsync<string>("#style-audioScale-value", "output => output.value");

    private async Task<double> InForceAsync(string name) => (await Server.AskAsync(Opened, "/style")).GetProperty(name).GetDouble();

    private async Task UntilAsync(string name, double value)
    {
        for (var i = 0; i < 100; i++)
        {
            if (Math.Abs(await InForceAsync(name) - value) < 0.001)
                return;
            await Task.Delay(100);
        }

        Assert.Fail($"{name} is {await InForceAsync(name)} on the server after ten seconds, not {value}.");
    }
}
