using FADA.Realtime.EndToEnd.Viewing;
using FADA.Realtime.Faces.Images;
using ZXing;
using ZXing.Common;
using ZXing.QrCode;

namespace FADA.Realtime.EndToEnd.ConsolePage;

public sealed class ShareTests : ConsoleTests
{
    [BrowserFact]
    public async Task CopyButton_OfALiveSession_CopiesALinkThatLetsAnotherWatch()
    {
        await Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);

        await Page.GetByText("Copy viewer link").ClickAsync();
        await SaysAsync("#share-copy", "Copied");

        var link = await Opened.ReadAsync<Uri>("navigator.clipboard.readText()");
        Assert.Equal("#" + await Opened.ReadAsync<string>("fada.session.token"), link.Fragment);
        Assert.Equal("?session=" + await Opened.ReadAsync<string>("fada.session.id"), link.Query);
        var other = await Server.Browser.OpenAsync(link);
        await other.RunAsync("fada.whenLive()");
        Assert.Equal(await Opened.ReadAsync<string>("fada.session.id"), await other.ReadAsync<string>("fada.session.id"));
        await SaysAsync("#log", "The viewer link was copied");
    }

    [BrowserFact]
    public async Task CopyButton_WithoutAClipboard_OffersTheLinkToCopyByHand()
    {
        await Page.EvaluateAsync("() => Object.defineProperty(navigator, 'clipboard', { value: undefined })");

        await Page.ClickAsync("#share-copy");
        await Page.WaitForSelectorAsync("#share-dialog[open]");

        await SaysAsync("#share-note", "copy the link by hand");
        Assert.Equal(await LinkAsync(), await Opened.ReadAsync<string>("String(getSelection())"));
    }

    [BrowserFact]
    public async Task QrCode_AsItIsSeenOnTheScreen_IsTheViewerLink()
    {
        await Page.EmulateMediaAsync(new() { ColorScheme = Microsoft.Playwright.ColorScheme.Dark });
        await Page.ClickAsync("#share-show");

        var seen = PortraitImage.Decode(await Page.Locator("#share-code").ScreenshotAsync());
        var source = new RGBLuminanceSource(seen.Data, seen.Width, seen.Height, RGBLuminanceSource.BitmapFormat.RGB24);
        var read = new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(source)));

        Assert.Equal(await LinkAsync(), read?.Text);
        await Page.Keyboard.PressAsync("Escape");
        await Page.WaitForSelectorAsync("#share-dialog:not([open])", new() { State = Microsoft.Playwright.WaitForSelectorState.Hidden });
    }

    private Task<string> LinkAsync() => Opened.ReadAsync<string>("location.origin + `/?session=${fada.session.id}#${fada.session.token}`");
}
