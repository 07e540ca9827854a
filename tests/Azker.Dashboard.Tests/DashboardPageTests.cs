using Azker.PollingFallback.Tests.Shared;
using Microsoft.Playwright;

namespace Azker.Dashboard.Tests;

public sealed class DashboardPageTests(Chromium chromium)
{
    private const string Key = "a-key-of-the-test-0123";

    [Fact]
    public async Task The_page_shows_a_takeover_within_two_seconds()
    {
        await using DashboardFixture fixture = await DashboardFixture.StartAsync(chromium);
        ConsoleProcess first = fixture.Consoles.Start([]);
        await first.Receives();
        ConsoleProcess second = fixture.Consoles.Start(["--standby"]);
        await second.Says("Standby: PID");
        IPage page = await fixture.OpenAsync();
        await page.Locator("#receiver-name", new() { HasText = $"PID {first.Id}" }).WaitForAsync();
        await page.Locator("#changes", new() { HasText = $"PID {first.Id}" }).WaitForAsync();

        await first.Kill();
        await second.Receives();

        var soon = new LocatorWaitForOptions { Timeout = 2000 };
        await page.Locator("#receiver-name", new() { HasText = $"PID {second.Id}" }).WaitForAsync(soon);
        await page.Locator("#changes .takeover", new() { HasText = $"PID {second.Id}" }).WaitForAsync(soon);
        await fixture.AssertNoViolationAsync();
    }

    [Fact]
    public async Task A_dead_letter_is_shown_on_request_alone_and_replayed_after_a_question()
    {
        await using DashboardFixture fixture = await DashboardFixture.StartAsync(chromium);
        fixture.AddLetter();
        IPage page = await fixture.NewPageAsync();
        var answers = new List<IResponse>();
        page.Response += (_, response) => answers.Add(response);
        await page.GotoAsync(fixture.Url);
        ILocator row = page.Locator("#dead-letters tr", new() { HasText = DashboardFixture.LetterId });
        await row.WaitForAsync();

        string[] bodies = await Task.WhenAll(answers.ToArray().Where(answer => answer.Url.Contains("/api/", StringComparison.Ordinal)).Select(answer => answer.TextAsync()));
        Assert.All([.. bodies, await page.ContentAsync()], text => Assert.DoesNotContain(DashboardFixture.UserText, text, StringComparison.Ordinal));

        await row.GetByText("Show JSON").ClickAsync();
        await page.Locator("#json-text", new() { HasText = $"/ping {DashboardFixture.UserText}" }).WaitForAsync();
        await page.Locator("#json [data-close]").ClickAsync();
        await Assertions.Expect(page.Locator("#json-text")).ToHaveTextAsync("");

        await row.GetByText("Replay").ClickAsync();
        Assert.Empty(fixture.Consoles.Bot.Sent);
        await page.Locator("#confirm-yes").ClickAsync();
        await page.Locator("#toast", new() { HasText = "handled and removed" }).WaitForAsync();
        Assert.Equal([$"pong {DashboardFixture.UserText}"], fixture.Consoles.TextsTo(5));
        Assert.False(fixture.HasLetter);
        await page.GetByText("No dead letters.").WaitForAsync();
        await fixture.AssertNoViolationAsync();
    }

    [Fact]
    public async Task A_dead_letter_that_no_handler_of_this_program_accepts_is_kept()
    {
        await using DashboardFixture fixture = await DashboardFixture.StartAsync(chromium);
        fixture.AddLetter("hello", entity: "bold");
        IPage page = await fixture.OpenAsync();

        await page.Locator("#dead-letters").GetByText("Replay").ClickAsync();
        await page.Locator("#confirm-yes").ClickAsync();

        await page.Locator("#toast", new() { HasText = "no handler of this program accepts" }).WaitForAsync();
        Assert.True(fixture.HasLetter);
    }

    [Fact]
    public async Task A_wrong_key_is_refused_and_the_right_key_opens_the_page_until_the_person_signs_out()
    {
        await using DashboardFixture fixture = await DashboardFixture.StartAsync(chromium, ("DASHBOARD_KEY", Key));
        IPage page = await fixture.OpenAsync();

        await page.Locator("#key").FillAsync("another-key-of-the-test");
        await page.Locator("#key").PressAsync("Enter");
        await page.GetByText("The key is wrong.").WaitForAsync();
        Assert.False(await page.Locator("#page").IsVisibleAsync());

        await page.Locator("#key").FillAsync(Key);
        await page.Locator("#key").PressAsync("Enter");
        await page.Locator("#page").WaitForAsync();
        Assert.Equal("", await page.EvaluateAsync<string>("document.cookie"));
        Assert.DoesNotContain(Key, page.Url, StringComparison.Ordinal);

        await page.Locator("#logout").ClickAsync();
        await page.Locator("#login").WaitForAsync();
        await page.ReloadAsync();
        await page.Locator("#login").WaitForAsync();
        await fixture.AssertNoViolationAsync();
    }

    [Fact]
    public async Task A_page_of_another_site_replays_nothing()
    {
        await using DashboardFixture fixture = await DashboardFixture.StartAsync(chromium);
        fixture.AddLetter();
        IPage page = await fixture.NewPageAsync();
        // Chromium takes localhost for another site than 127.0.0.1, and lets its pages send requests there.
        await page.GotoAsync($"http://localhost:{new Uri(fixture.Consoles.Server.Url).Port}/another-site");

        await page.EvaluateAsync(
            "url => fetch(url, { method: 'POST', mode: 'no-cors', body: '{}' }).catch(() => null)",
            $"{fixture.Url}api/dead-letters/{DashboardFixture.LetterId}/replay");

        Assert.True(fixture.HasLetter);
        Assert.Empty(fixture.Consoles.Bot.Sent);
    }

    [Fact]
    public async Task Arabic_runs_from_right_to_left_by_setting_by_browser_and_by_the_switch()
    {
        await using DashboardFixture fixture = await DashboardFixture.StartAsync(chromium);
        IPage page = await fixture.OpenAsync(locale: "ar-EG");
        await page.GetByText("لا نسخة تستقبل").WaitForAsync();
        Assert.Equal(("rtl", "ar"), await DirectionOf(page));

        await page.Locator("#language").ClickAsync();
        await page.GetByText("No instance receives").WaitForAsync();
        Assert.Equal(("ltr", "en"), await DirectionOf(page));
        await page.ReloadAsync();
        await page.GetByText("No instance receives").WaitForAsync();

        await fixture.AssertNoViolationAsync();
        await using DashboardFixture arabic = await DashboardFixture.StartAsync(chromium, ("AZKER_LANG", "ar"));
        Assert.Equal(("rtl", "ar"), await DirectionOf(await arabic.OpenAsync()));
    }

    private static async Task<(string? Direction, string? Language)> DirectionOf(IPage page) => (
        await page.EvaluateAsync<string>("getComputedStyle(document.body).direction"), await page.Locator("html").GetAttributeAsync("lang"));
}
