using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.AspNetCore.Tests;

/// <summary><c>MapAzkerDashboard</c>: who may see it, and what its answers allow a browser.</summary>
public sealed class DashboardTests
{
    private const string Key = "a-key-of-the-test-0123";

    /// <summary>Sends the cookies of the test alone.</summary>
    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseCookies = false });

    [Theory]
    [InlineData("/azker/")]
    [InlineData("/azker/page.js")]
    [InlineData("/azker/api/status")]
    [InlineData("/azker/api/dead-letters/1")]
    public async Task Without_a_key_and_an_authorization_every_request_is_refused(string path)
    {
        await using WebHost host = await StartAsync(key: null);

        using HttpResponseMessage response = await host.Http.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("Set DASHBOARD_KEY, or call RequireAuthorization()", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_authorization_of_the_application_protects_the_page_and_its_removal_does_not_open_it()
    {
        AuthorizationPolicy everyone = new AuthorizationPolicyBuilder().RequireAssertion(_ => true).Build();
        await using WebHost authorized = await StartAsync(key: null, dashboard => dashboard.RequireAuthorization(everyone));
        Assert.Equal(HttpStatusCode.OK, await Get(authorized, "/azker/api/status"));

        await using WebHost anonymous = await StartAsync(key: null, dashboard => dashboard.RequireAuthorization(everyone).AllowAnonymous());
        Assert.Equal(HttpStatusCode.Forbidden, await Get(anonymous, "/azker/api/status"));
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("a-key-of-the-test-0124", HttpStatusCode.Unauthorized)]
    [InlineData("a-key-of-the-test-012", HttpStatusCode.Unauthorized)]
    [InlineData(Key, HttpStatusCode.OK)]
    public async Task Data_needs_the_key_and_the_page_itself_has_no_data(string? key, HttpStatusCode status)
    {
        await using WebHost host = await StartAsync(Key);

        Assert.Equal(HttpStatusCode.OK, await Get(host, "/azker/"));
        Assert.Equal(status, await Get(host, "/azker/api/status", ("Azker-Dashboard-Key", key)));
        Assert.Equal(status, await Get(host, "/azker/api/kept", ("Azker-Dashboard-Key", key)));
        Assert.Equal(HttpStatusCode.Unauthorized, await Get(host, $"/azker/api/status?key={key}"));
    }

    [Fact]
    public async Task A_login_gives_a_cookie_that_no_script_reads_and_no_other_site_sends()
    {
        await using WebHost host = await StartAsync(Key);
        using HttpResponseMessage wrong = await Login(host, "another-key-of-the-test");
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.False(wrong.Headers.Contains("Set-Cookie"));

        using HttpResponseMessage right = await Login(host, Key);

        string cookie = Assert.Single(right.Headers.GetValues("Set-Cookie"));
        Assert.Matches("^azker-dashboard=[0-9]+\\.[0-9a-f]{64}; max-age=43200; samesite=strict; httponly$", cookie);
        Assert.DoesNotContain(Key, cookie, StringComparison.Ordinal);
        string value = cookie.Split(';')[0];
        Assert.Equal(HttpStatusCode.OK, await Get(host, "/azker/api/status", ("Cookie", value)));
        Assert.Equal(HttpStatusCode.Unauthorized, await Get(host, "/azker/api/status", ("Cookie", value.Replace("=1", "=2", StringComparison.Ordinal))));
        Assert.DoesNotContain(host.Log.Lines, line => line.Text.Contains(Key, StringComparison.Ordinal));
        Assert.Contains(host.Log.Lines, line => line.Text.StartsWith("A login to the dashboard from 127.0.0.1 had a wrong key. The login is refused.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("application/json", "1", "same-origin", null, HttpStatusCode.OK)]
    [InlineData("application/json", "1", null, null, HttpStatusCode.OK)]
    [InlineData("application/json", "1", "cross-site", null, HttpStatusCode.Forbidden)]
    [InlineData("application/json", "1", "same-site", null, HttpStatusCode.Forbidden)]
    [InlineData("application/json", "1", null, "http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("application/json", "1", null, "null", HttpStatusCode.Forbidden)]
    [InlineData("application/json", null, "same-origin", null, HttpStatusCode.Forbidden)]
    [InlineData("text/plain", "1", "same-origin", null, HttpStatusCode.Forbidden)]
    public async Task A_change_needs_its_own_site_a_header_and_JSON(string contentType, string? header, string? site, string? origin, HttpStatusCode status)
    {
        await using WebHost host = await StartAsync(Key);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/azker/api/dead-letters/none/replay") { Content = new StringContent("{}", Encoding.UTF8, contentType) };
        Add(request, ("Azker-Dashboard-Key", Key), ("Azker-Dashboard", header), ("Sec-Fetch-Site", site), ("Origin", origin));

        using HttpResponseMessage response = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(status, response.StatusCode);
    }

    [Theory]
    [InlineData("/azker/")]
    [InlineData("/azker/page.js")]
    [InlineData("/azker/api/status")]
    public async Task Every_answer_has_the_headers_that_protect_the_page(string path)
    {
        await using WebHost host = await StartAsync(Key);

        using HttpResponseMessage response = await host.Http.GetAsync(path, TestContext.Current.CancellationToken);

        string policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal(["no-referrer"], response.Headers.GetValues("Referrer-Policy"));
        Assert.True(response.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task A_named_bot_has_a_page_of_its_own_with_its_own_key()
    {
        await using WebHost host = await WebHost.StartAsync(
            (services, web) =>
            {
                services.AddAzker("sales", options => web.Configure(options, path: "/sales/webhook")).AddSampleBot();
                services.AddAzker("support", options =>
                {
                    web.Configure(options, WebHost.OtherToken, "/support/webhook");
                    options.Dashboard.Key = Key;
                }).AddSampleBot();
            },
            application => application.MapAzkerDashboard("/ops/"));

        Assert.Equal(HttpStatusCode.Forbidden, await Get(host, "/ops/sales/"));
        using JsonDocument status = JsonDocument.Parse(await GetText(host, "/ops/support/api/status"));
        Assert.Equal(654321, status.RootElement.GetProperty("status").GetProperty("bot_id").GetInt64());
    }

    private static Task<WebHost> StartAsync(string? key, Action<IEndpointConventionBuilder>? protect = null) => WebHost.StartAsync(
        (services, web) =>
        {
            services.AddAuthorization();
            services.AddAzker(options =>
            {
                web.Configure(options);
                options.Dashboard.Key = key;
            }).AddSampleBot();
        },
        application =>
        {
            IEndpointConventionBuilder dashboard = application.MapAzkerDashboard();
            protect?.Invoke(dashboard);
        });

    private static async Task<HttpResponseMessage> Login(WebHost host, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host.Http.BaseAddress!, "/azker/login")) { Content = JsonContent.Create(new { key }) };
        Add(request, ("Azker-Dashboard", "1"));
        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<HttpStatusCode> Get(WebHost host, string path, params (string Name, string? Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Http.BaseAddress!, path));
        Add(request, headers);
        using HttpResponseMessage response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static async Task<string> GetText(WebHost host, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Http.BaseAddress!, path));
        Add(request, ("Azker-Dashboard-Key", Key));
        using HttpResponseMessage response = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static void Add(HttpRequestMessage request, params (string Name, string? Value)[] headers)
    {
        foreach ((string name, string? value) in headers.Where(header => header.Value is not null))
        {
            request.Headers.Add(name, value);
        }
    }
}
