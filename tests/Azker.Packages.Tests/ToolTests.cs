using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Azker.Core.Tests.Shared;
using Azker.Packages.Tests.Shared;

namespace Azker.Packages.Tests;

public sealed partial class ToolTests(PackagesFixture packages)
{
    private const string Token = "345678:DDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDD";

    [Theory]
    [InlineData("azker", "dead-letters")]
    [InlineData("azker-botapi", "--first-update-id")]
    public async Task An_installed_tool_explains_its_command_line(string tool, string part)
    {
        await using ChildProcess process = Start(tool, ["--help"]);

        Assert.Equal(0, await process.ExitAsync(Eventually.Patience));
        Assert.Contains(part, process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_installed_console_answers_at_the_installed_stand_in()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        using var data = new TempDirectory();
        await using ChildProcess botApi = Start("azker-botapi", ["--port", "0"]);
        await Eventually.IsTrue(() => Address().IsMatch(botApi.Output), "azker-botapi prints its address");
        string url = Address().Match(botApi.Output).Value;
        await using ChildProcess console = Start("azker", [], ("TELEGRAM_BOT_TOKEN", Token), ("TELEGRAM_API_URL", url), ("DATA_DIR", data.FullPath));

        using var client = new HttpClient { BaseAddress = new Uri($"{url}/control/") };
        await PostAsync("bots", new { token = Token });
        await PostAsync("bots/345678/messages", new { chat = 5, text = "/ping it works" });
        JsonElement sent = await client.GetFromJsonAsync<JsonElement>("bots/345678/sent?wait=30", cancellationToken);

        Assert.Contains("pong it works", sent.ToString(), StringComparison.Ordinal);

        async Task PostAsync(string path, object body)
        {
            using HttpResponseMessage answer = await client.PostAsJsonAsync(path, body, cancellationToken);
            answer.EnsureSuccessStatusCode();
        }
    }

    private ChildProcess Start(string tool, IEnumerable<string> arguments, params (string Name, string Value)[] settings)
    {
        // A tool finds the runtime by DOTNET_ROOT where it lies at no usual place.
        string runtime = Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));
        return ChildProcess.Start(Path.Combine(packages.Tools, tool), arguments, packages.Tools, [("DOTNET_ROOT", runtime), .. settings]);
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();
}
