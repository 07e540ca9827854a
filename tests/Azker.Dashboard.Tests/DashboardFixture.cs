using System.Text.RegularExpressions;
using Azker.Core.Tests.Shared;
using Azker.PollingFallback.Tests.Shared;
using Microsoft.Playwright;

namespace Azker.Dashboard.Tests;

/// <summary>A bot, its <c>azker dashboard</c> as a process, and pages of it, which may break no rule of the Content-Security-Policy.</summary>
internal sealed partial class DashboardFixture : IAsyncDisposable
{
    public const string UserText = "a text that only the user may see";
    public const string LetterId = "77-0123456789abcdef";

    private readonly Chromium _chromium;
    private readonly ConsoleFixture _consoles;
    private readonly List<IPage> _pages = [];
    private readonly List<string> _errors = [];

    private DashboardFixture(Chromium chromium, ConsoleFixture consoles) => (_chromium, _consoles) = (chromium, consoles);

    public ConsoleFixture Consoles => _consoles;

    public string Url { get; private set; } = "";

    public static async Task<DashboardFixture> StartAsync(Chromium chromium, params (string Name, string Value)[] settings)
    {
        var fixture = new DashboardFixture(chromium, await ConsoleFixture.CreateAsync());
        ConsoleProcess dashboard = fixture._consoles.Start(["dashboard"], [("DASHBOARD_LISTEN", "http://127.0.0.1:0"), .. settings]);
        await Eventually.IsTrue(() => Address().IsMatch(dashboard.Output), $"the dashboard has an address; it said: {dashboard.Errors}");
        fixture.Url = Address().Match(dashboard.Output).Value;
        return fixture;
    }

    /// <summary>Writes a dead letter as Azker does, with a message that the bot answers.</summary>
    public void AddLetter(string text = $"/ping {UserText}", string entity = "bot_command")
    {
        string path = Path.Combine(Directory.CreateDirectory(Path.Combine(_consoles.Directory, "data", "dead-letters", "123456")).FullName, LetterId);
        File.WriteAllText($"{path}.reason.json", $$"""{"update_id":77,"kind":"message","reason":"The handler failed.","error":"{{UserText}}","attempts":5,"given_up_at":"2026-01-02T03:04:05Z"}""");
        File.WriteAllText($"{path}.json", $$$"""
            {"update_id":77,"message":{"message_id":5,"date":1767323045,"chat":{"id":5,"type":"private"},"from":{"id":5,"is_bot":false,"first_name":"A"},"text":"{{{text}}}","entities":[{"type":"{{{entity}}}","offset":0,"length":5}]}}
            """);
    }

    public bool HasLetter => File.Exists(Path.Combine(_consoles.Directory, "data", "dead-letters", "123456", $"{LetterId}.json"));

    public async Task<IPage> OpenAsync(string? url = null, string? locale = null)
    {
        IPage page = await NewPageAsync(locale);
        await page.GotoAsync(url ?? Url);
        return page;
    }

    public async Task<IPage> NewPageAsync(string? locale = null)
    {
        IPage page = await _chromium.Browser.NewPageAsync(new BrowserNewPageOptions { Locale = locale ?? "en-US" });
        page.SetDefaultTimeout((float)Eventually.Patience.TotalMilliseconds);
        await page.AddInitScriptAsync("window.violations = []; addEventListener('securitypolicyviolation', event => violations.push(event.violatedDirective + ' ' + event.blockedURI))");
        page.PageError += (_, error) => _errors.Add(error);
        _pages.Add(page);
        return page;
    }

    /// <summary>Fails when a page broke a rule of its policy, or its script threw.</summary>
    public async Task AssertNoViolationAsync()
    {
        foreach (IPage page in _pages)
        {
            Assert.Empty(await page.EvaluateAsync<string[]>("window.violations"));
        }

        Assert.Empty(_errors);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IPage page in _pages)
        {
            await page.CloseAsync();
        }

        await _consoles.DisposeAsync();
    }

    [GeneratedRegex("http://127\\.0\\.0\\.1:[0-9]+/")]
    private static partial Regex Address();
}
