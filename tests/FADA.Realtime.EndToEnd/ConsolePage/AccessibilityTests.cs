using FADA.Realtime.EndToEnd.Viewing;
using Microsoft.Playwright;

namespace FADA.Realtime.EndToEnd.ConsolePage;

/// <summary>axe-core on the console page, in both themes, on a desk and on a phone.</summary>
public sealed class AccessibilityTests : ConsoleTests
{
    [AxeTheory]
    [InlineData("light", 1280)]
    [InlineData("light", 390)]
    [InlineData("dark", 1280)]
    [InlineData("dark", 390)]
    public async Task ConsolePage_InThisThemeAndWidth_HasNoSeriousViolation(string theme, int width)
    {
        await LookAsync(theme, width);
        await SaysAsync("#log", "live");

        Assert.Empty(await AxeAsync());
        Assert.True(await Opened.ReadAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "The page is wider than its window.");
        await Opened.ScreenshotAsync($"console-{theme}-{width}.png");
    }

    [AxeTheory]
    [InlineData("light", 1280)]
    [InlineData("dark", 390)]
    public async Task Dialogs_AndAnAlert_HaveNoSeriousViolation(string theme, int width)
    {
        await LookAsync(theme, width);
        await Opened.RunAsync("document.querySelector('#alert').append('Something went wrong.'), document.querySelector('#alert').hidden = false");
        Assert.Empty(await AxeAsync());

        await Page.ClickAsync("#share-show");
        Assert.Empty(await AxeAsync());
        await Opened.ScreenshotAsync($"share-{theme}-{width}.png");
        await Page.Keyboard.PressAsync("Escape");

        await Opened.RunAsync("document.querySelector('#add-dialog').showModal()");
        Assert.Empty(await AxeAsync());
    }

    [AxeTheory]
    [InlineData("<button></button>", "button-name")]
    [InlineData("<input type='range'>", "label")]
    [InlineData("<p style='color: #999; background: #fff'>pale</p>", "color-contrast")]
    public async Task Check_OfAPageWithAFault_FindsIt(string fault, string rule)
    {
        await LookAsync("light", 1280);
        await Page.EvaluateAsync("fault => document.querySelector('main').insertAdjacentHTML('beforeend', fault)", fault);

        Assert.Contains(await AxeAsync(), found => found.StartsWith(rule, StringComparison.Ordinal));
    }

    private async Task LookAsync(string theme, int width)
    {
        await Page.EmulateMediaAsync(new() { ColorScheme = theme == "dark" ? ColorScheme.Dark : ColorScheme.Light });
        await Page.SetViewportSizeAsync(width, width < 600 ? 844 : 900);
        await Page.AddScriptTagAsync(new() { Path = AxeTheoryAttribute.Script });
    }

    /// <summary>The serious and critical violations: rule, and where.</summary>
    private Task<string[]> AxeAsync() => Opened.ReadAsync<string[]>("""
        axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations
          .filter((v) => v.impact === 'serious' || v.impact === 'critical')
          .flatMap((v) => v.nodes.map((n) => `${v.id} at ${n.target.join(' ')}: ${n.failureSummary}`)))
        """);
}
