using System.Text.Json;
using System.Text.RegularExpressions;
using Azker.AspNetCore.Dashboard;
using Microsoft.Extensions.Time.Testing;

namespace Azker.AspNetCore.Tests;

/// <summary>The files of the page, and its cookies.</summary>
public sealed partial class DashboardAssetTests
{
    private const string Key = "a-key-of-the-test-0123";

    [Fact]
    public void Both_languages_have_the_same_texts_with_the_same_places()
    {
        Dictionary<string, string> english = Texts("en");
        Dictionary<string, string> arabic = Texts("ar");

        Assert.Equal(english.Keys.Order(), arabic.Keys.Order());
        Assert.All(english, text => Assert.Equal(Places(text.Value), Places(arabic[text.Key])));
    }

    [Fact]
    public void The_page_uses_texts_that_exist_and_no_script_or_style_within_itself()
    {
        string page = System.Text.Encoding.UTF8.GetString(DashboardAssets.Read(DashboardAssets.Page));

        Assert.All(DataText().Matches(page), name => Assert.Contains(name.Groups["name"].Value, Texts("en").Keys));
        Assert.DoesNotMatch("<style|style=|<script(?! type=\"module\" src=\"page.js\">)|\\son[a-z]+=\"|https?:", page);
    }

    [Fact]
    public void A_cookie_is_valid_for_twelve_hours_and_for_its_own_key_alone()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        var key = new DashboardKey(Key, time);
        string cookie = key.CreateCookie();

        Assert.True(key.IsValid(cookie));
        Assert.False(new DashboardKey(Key + "4", time).IsValid(cookie));
        Assert.False(key.IsValid(cookie.Split('.')[0] + "."));
        time.Advance(DashboardKey.Lifetime);
        Assert.False(key.IsValid(cookie));
    }

    [Fact]
    public void A_generated_key_has_128_random_bits()
    {
        Assert.Matches("^[A-Za-z0-9_-]{22}$", DashboardKey.Generate());
        Assert.NotEqual(DashboardKey.Generate(), DashboardKey.Generate());
    }

    private static Dictionary<string, string> Texts(string language) => JsonSerializer.Deserialize<Dictionary<string, string>>(DashboardAssets.Read($"texts.{language}.json"))!;

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(place => place.Value).Order();

    [GeneratedRegex(@"\{[0-9]\}")]
    private static partial Regex Place();

    [GeneratedRegex("data-text=\"(?<name>\\w+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex DataText();
}
