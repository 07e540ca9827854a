using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Azker.Core.Tests.Shared;
using Azker.PollingFallback.Tests.Shared;

namespace Azker.PollingFallback.Tests.Commands;

/// <summary><c>status</c>, <c>lock</c> and <c>doctor</c> beside a run.</summary>
public sealed class StatusCommandTests : IAsyncLifetime
{
    private ConsoleFixture _fixture = null!;

    public async ValueTask InitializeAsync() => _fixture = await ConsoleFixture.CreateAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Status_names_the_receiver_the_standby_and_after_a_stop_no_one()
    {
        ConsoleProcess first = _fixture.Start([]);
        await first.Receives();
        ConsoleProcess standby = _fixture.Start(["--standby"]);
        await standby.Says("Standby: PID");

        JsonElement status = await StatusWhen(2);
        string text = (await Run("status")).Text;

        JsonElement receiver = status.GetProperty("receiver");
        Assert.Equal(("polling", first.Id), (receiver.GetProperty("mode").GetString(), receiver.GetProperty("pid").GetInt32()));
        Assert.Equal(first.Id, status.GetProperty("lock").GetProperty("holder").GetProperty("pid").GetInt32());
        Assert.Matches($@"(?m)^Receiver +polling, PID {first.Id} on {Environment.MachineName}, for \d+ s, epoch \d+$", text);
        Assert.Matches($@"(?m)^{Environment.MachineName} +{standby.Id} +standby +0 +\d+ s ago +\d", text);

        Assert.Equal(0, await standby.Stop());
        Assert.Equal(0, await first.Stop());
        Assert.Equal(JsonValueKind.Null, (await StatusWhen(0)).GetProperty("receiver").ValueKind);
        Assert.Contains("no instance receives", (await Run("status")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_watch_prints_a_status_again_and_again_until_it_is_stopped()
    {
        ConsoleProcess watch = _fixture.Start(["status", "--watch", "--json"]);
        await Eventually.IsTrue(() => watch.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length >= 2, "two lines");

        Assert.Equal(0, await watch.Stop());
        Assert.All(watch.Output.Split('\n'), line => Assert.Equal(123456, JsonDocument.Parse(line).RootElement.GetProperty("bot_id").GetInt64()));
    }

    [Fact]
    public async Task A_file_lock_is_not_broken_and_its_holder_is_named()
    {
        ConsoleProcess console = _fixture.Start([]);
        await console.Receives();

        Assert.Matches($@"^Lock +bot\.lock in .+\nHolder +PID {console.Id} on ", (await Run("lock", "show")).Text);
        (int code, string text) = await Run("lock", "break", "--yes");

        Assert.Equal((75, true), (code, text.Contains($"kill {console.Id}", StringComparison.Ordinal)));
        ConsoleProcess refused = _fixture.Start(["lock", "break", "--yes", "--json"]);
        Assert.Equal(75, await refused.Exit());
        Assert.StartsWith("""{"outcome":"refused","before":{"pid":""", refused.Output, StringComparison.Ordinal);
        Assert.Equal(0, await console.Stop());
        Assert.Equal((0, """{"outcome":"free","before":null,"after":null}"""), await Run("lock", "break", "--json"));
    }

    [Fact]
    public async Task Doctor_finds_nothing_wrong_and_then_a_revoked_token()
    {
        ConsoleProcess console = _fixture.Start([]);
        await console.Receives();
        Assert.Equal((0, "ok"), await Doctor("lock"));
        Assert.Equal((0, "ok"), await Doctor("token"));
        Assert.Equal(0, await console.Stop());

        _fixture.Bot.Revoke();

        Assert.Equal((2, "problem"), await Doctor("token"));
        Assert.Matches(@"PROBLEM  token: getMe failed: .+\n   To do: Set TELEGRAM_BOT_TOKEN to the token that @BotFather gave you\.", (await Run("doctor")).Text);
    }

    [Fact]
    public async Task Doctor_names_faulty_settings_and_calls_no_service()
    {
        ConsoleProcess doctor = _fixture.Start(["doctor"], ("POLL_TIMEOUT", "400"));

        Assert.Equal(2, await doctor.Exit());
        Assert.Contains("PROBLEM  settings: POLL_TIMEOUT: '400' is not a number of seconds from 1 to 50", doctor.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("token", doctor.Output, StringComparison.Ordinal);
        Assert.Empty(_fixture.Bot.Statistics.Calls);
    }

    [Fact]
    public async Task Doctor_judges_the_secret_and_the_certificate_of_a_webhook()
    {
        string certificate = Path.Combine(_fixture.Directory, "bot.pem");
        using (var key = ECDsa.Create(ECCurve.NamedCurves.nistP256))
        {
            var request = new CertificateRequest("CN=another.example.com", key, HashAlgorithmName.SHA256);
            using X509Certificate2 own = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
            await File.WriteAllTextAsync(certificate, own.ExportCertificatePem(), TestContext.Current.CancellationToken);
        }

        ConsoleProcess doctor = _fixture.Start(
            ["doctor"],
            ("USE_WEBHOOK", "true"), ("WEBHOOK_URL", "https://127.0.0.1:9"), ("WEBHOOK_SECRET", "a-short-one"), ("WEBHOOK_CERTIFICATE", certificate));

        Assert.Equal(2, await doctor.Exit());
        Assert.Contains("WARNING  webhook-secret: The webhook's secret has 11 characters; 16 or more are hard to guess.", doctor.Output, StringComparison.Ordinal);
        Assert.Contains(
            "PROBLEM  webhook-certificate: The certificate of WEBHOOK_CERTIFICATE is for CN=another.example.com, and WEBHOOK_URL names 127.0.0.1.",
            doctor.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("a-short-one", doctor.Output + doctor.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_storage_that_does_not_answer_status_says_what_it_knows()
    {
        const string closed = "http://127.0.0.1:9/a";
        ConsoleProcess status = _fixture.Start(["status"], ("AzureWebJobsStorage", $"AccountName=a;AccountKey=a2V5;BlobEndpoint={closed};TableEndpoint={closed}"));

        Assert.Equal(0, await status.Exit());
        Assert.Matches(@"(?m)^Receiver +not known$", status.Output);
        Assert.Matches(@"(?m)^Webhook +no webhook$", status.Output);
        Assert.Contains("The storage does not answer: ", status.Output, StringComparison.Ordinal);
    }

    /// <summary>Waits until a number of instances give a sign of life in their final state, and reads the status.</summary>
    private async Task<JsonElement> StatusWhen(int instances)
    {
        await Eventually.IsTrue(
            () => _fixture.FilesOf("instances") is var files && files.Count == instances && files.All(file => !File.ReadAllText(file).Contains("not_receiving", StringComparison.Ordinal) && !File.ReadAllText(file).Contains("\"ready\"", StringComparison.Ordinal)),
            $"{instances} instances give a sign of life");
        return JsonDocument.Parse((await Run("status", "--json")).Text).RootElement;
    }

    private async Task<(int Code, string? State)> Doctor(string check)
    {
        (int code, string text) = await Run("doctor", "--json");
        JsonElement finding = text.Split('\n').Select(line => JsonDocument.Parse(line).RootElement).Single(finding => finding.GetProperty("check").GetString() == check);
        return (code, finding.GetProperty("state").GetString());
    }

    private async Task<(int Code, string Text)> Run(params string[] arguments)
    {
        ConsoleProcess console = _fixture.Start(arguments);
        int code = await console.Exit();
        return (code, code == 75 ? console.Errors : console.Output);
    }
}
