using Azker.Dashboard.Tests;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace Azker.Dashboard.Tests;

/// <summary>Debian's Chromium without a window, for all tests.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Paths = ["/usr/bin/chromium", "/usr/bin/chromium-browser"];

    private IPlaywright? _playwright;

    public IBrowser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        string path = Array.Find(Paths, File.Exists)
            ?? throw new InvalidOperationException("The tests of the dashboard need Chromium. Install it with: tests/chromium/install");
        _playwright = await Playwright.CreateAsync();
        // Chromium's own sandbox does not run as root, which a container often is.
        Browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = path, Args = ["--no-sandbox"] });
    }

    public async ValueTask DisposeAsync()
    {
        if (Browser is not null)
        {
            await Browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
