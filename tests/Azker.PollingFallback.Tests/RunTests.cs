using System.Net;
using System.Net.Sockets;
using Azker.BotApi.Faults;
using Azker.BotApi.Statistics;
using Azker.Core.Tests.Shared;
using Azker.PollingFallback.Tests.Shared;
using Telegram.Bot;

namespace Azker.PollingFallback.Tests;

public sealed class RunTests : IAsyncLifetime
{
    private ConsoleFixture _fixture = null!;

    public async ValueTask InitializeAsync() => _fixture = await ConsoleFixture.CreateAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Theory]
    [InlineData()]
    [InlineData("run")]
    public async Task A_run_takes_the_lock_answers_and_stops_cleanly(params string[] arguments)
    {
        ConsoleProcess console = _fixture.Start(arguments);
        await console.Receives();
        _fixture.Bot.EnqueueText(5, 5, "/ping 1");
        await _fixture.Answered(1);
        string[] pidFile = await File.ReadAllLinesAsync(_fixture.PidFile, TestContext.Current.CancellationToken);

        Assert.Equal(0, await console.Stop());

        Assert.Equal($"{console.Id}", pidFile[0]);
        Assert.False(File.Exists(_fixture.PidFile));
        Assert.Equal("", console.Errors);
        Assert.Equal(UpdateRemoval.Confirmed, Assert.Single(_fixture.Bot.Updates).Removal);
    }

    [Fact]
    public async Task A_stop_during_the_start_is_a_graceful_stop()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        string service = $"http://{silent.LocalEndpoint}/a";
        ConsoleProcess console = _fixture.Start([], ("AzureWebJobsStorage", $"AccountName=a;AccountKey=a2V5;BlobEndpoint={service};TableEndpoint={service}"));
        using TcpClient call = await silent.AcceptTcpClientAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, await console.Stop());
        Assert.Equal("", console.Errors);
    }

    [Fact]
    public async Task A_second_start_from_another_directory_of_the_machine_is_refused_and_names_the_first()
    {
        ConsoleProcess first = _fixture.Start([]);
        await first.Receives();
        string elsewhere = Path.Combine(_fixture.Directory, "elsewhere");

        ConsoleProcess second = _fixture.Start([], ("DATA_DIR", elsewhere));

        Assert.Equal(75, await second.Exit());
        Assert.Contains(
            $"Another instance of this bot is already running: PID {first.Id} on {Environment.MachineName}, with DATA_DIR {Path.Combine(_fixture.Directory, "data")}, started ",
            second.Errors, StringComparison.Ordinal);
        Assert.Equal(0, await first.Stop());
        Assert.Equal(0, _fixture.Bot.Statistics.ConflictsAnswered);
    }

    [Fact]
    public async Task Without_DATA_DIR_a_bot_has_a_directory_of_its_own_below_the_data_directory_of_the_user()
    {
        ConsoleProcess console = _fixture.Start([], ("DATA_DIR", ""), ("XDG_DATA_HOME", _fixture.Directory));
        await console.Receives();

        string directory = Path.Combine(_fixture.Directory, "azker", "123456");
        Assert.Equal($"{console.Id}", (await File.ReadAllLinesAsync(Path.Combine(directory, "bot.pid"), TestContext.Current.CancellationToken))[0]);
        Assert.Contains(
            $"The receiver lock is bot.lock in {directory}. The ledger is a database in {directory}. Dead letters and parked updates are files in {directory}.",
            console.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_fixture.Directory, "data")));
        Assert.Equal(0, await console.Stop());
    }

    [Fact]
    public async Task Without_DATA_DIR_the_former_directory_is_used_on_and_the_log_says_so()
    {
        string former = Directory.CreateDirectory(Path.Combine(_fixture.Directory, "data")).FullName;
        await File.WriteAllTextAsync(Path.Combine(former, "bot.lock"), "1\n", TestContext.Current.CancellationToken);
        ConsoleProcess console = _fixture.Start([], ("DATA_DIR", ""), ("XDG_DATA_HOME", Path.Combine(_fixture.Directory, "home")));
        await console.Receives();

        Assert.True(File.Exists(_fixture.PidFile));
        Assert.Contains($"DATA_DIR is not set. {former} is used, because it has the files of an earlier run.", console.Output, StringComparison.Ordinal);
        Assert.Equal(0, await console.Stop());
    }

    [Fact]
    public async Task A_standby_from_another_directory_of_the_machine_takes_over_when_the_first_is_killed()
    {
        ConsoleProcess first = _fixture.Start([]);
        await first.Receives();
        ConsoleProcess standby = _fixture.Start(["--standby"], ("DATA_DIR", Path.Combine(_fixture.Directory, "elsewhere")));
        await standby.Says($"Standby: PID {first.Id} on ");

        await first.Kill();
        _fixture.Bot.EnqueueText(5, 5, "/ping 1");
        await _fixture.Answered(1);

        Assert.Equal(0, await standby.Stop());
        Assert.Equal(0, _fixture.Bot.Statistics.ConflictsAnswered);
    }

    [Fact]
    public async Task Without_a_token_the_run_says_which_setting_to_set_and_how_to_start_the_demo()
    {
        ConsoleProcess console = _fixture.Start([], ("TELEGRAM_BOT_TOKEN", ""));

        Assert.Equal(78, await console.Exit());
        Assert.Equal(
            $"""
            Azker cannot start, because a setting is faulty:
              TELEGRAM_BOT_TOKEN: it is not set; set the token that @BotFather gave you, such as 123456789:AAE-and-33-more-characters.
            Change settings in the environment, in .env or in local.settings.json. docs/settings.md lists all settings.
            The directory {_fixture.Directory} has neither .env nor local.settings.json.
            To try Azker without a token: dotnet run --project demo
            """, console.Errors.TrimEnd());
        Assert.Equal("", console.Output);
    }

    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    public async Task A_faulty_connection_string_ends_the_start_of_a_poller_and_of_a_fallback_alike_and_is_not_shown(string useWebhook)
    {
        ConsoleProcess console = _fixture.Start(
            [],
            ("AzureWebJobsStorage", "AccountName=a;AccountKey=top-secret"),
            ("USE_WEBHOOK", useWebhook),
            ("WEBHOOK_URL", "https://bot.example.com"));

        Assert.Equal(78, await console.Exit());
        Assert.Contains("  AzureWebJobsStorage: its value (not shown here) is not a connection string of a storage account; ", console.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("top-secret", console.Errors, StringComparison.Ordinal);
        Assert.Equal("", console.Output);
    }

    [Fact]
    public async Task A_second_instance_is_refused_with_the_PID_host_and_start_of_the_first_and_how_to_stop_it()
    {
        ConsoleProcess first = _fixture.Start([]);
        await first.Receives();

        ConsoleProcess second = _fixture.Start([]);

        Assert.Equal(75, await second.Exit());
        Assert.Contains($"PID {first.Id} on {Environment.MachineName}, started 20", second.Errors, StringComparison.Ordinal);
        Assert.Contains($"kill {first.Id}", second.Errors, StringComparison.Ordinal);
        Assert.Contains("--standby", second.Errors, StringComparison.Ordinal);
        Assert.False(first.HasExited);
    }

    [Fact]
    public async Task Two_bots_receive_with_one_data_directory()
    {
        const string another = "654321:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        ConsoleProcess first = _fixture.Start([]);
        await first.Receives();

        ConsoleProcess second = _fixture.Start([], ("TELEGRAM_BOT_TOKEN", another));
        await second.Says("Polling for bot 654321");
        _fixture.Bot.EnqueueText(5, 5, "/ping 1");
        _fixture.Server.Bot(another).EnqueueText(5, 5, "/ping 1");
        await _fixture.Answered(1);
        await Eventually.IsTrue(() => _fixture.Server.Bot(another).Sent.Count == 1, "the second bot answers");

        Assert.Equal(0, await first.Stop());
        Assert.Equal(0, await second.Stop());
    }

    [Theory]
    [InlineData("--standby", "false")]
    [InlineData("run", "true")]
    public async Task A_standby_names_the_instance_that_holds_the_lock_and_takes_over_when_that_instance_ends(string argument, string lockWait)
    {
        ConsoleProcess first = _fixture.Start([]);
        await first.Receives();
        ConsoleProcess standby = _fixture.Start([argument], ("LOCK_WAIT", lockWait));
        await standby.Says($"Standby: PID {first.Id} on {Environment.MachineName} has held the receiver lock since ");

        Assert.Equal(0, await first.Stop());
        await standby.Receives();
        _fixture.Bot.EnqueueText(5, 5, "/ping 1");
        await _fixture.Answered(1);

        Assert.Equal(0, await standby.Stop());
        Assert.Equal(0, _fixture.Bot.Statistics.ConflictsAnswered);
    }

    [Fact]
    public async Task A_standby_that_is_stopped_exits_with_code_0()
    {
        ConsoleProcess first = _fixture.Start([]);
        await first.Receives();
        ConsoleProcess standby = _fixture.Start(["--standby"]);
        await standby.Says("Standby: PID");

        Assert.Equal(0, await standby.Stop());
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("QUIT")]
    [InlineData("HUP")]
    public async Task A_signal_stops_the_run_gracefully(string signal)
    {
        ConsoleProcess console = _fixture.Start([]);
        await console.Receives();

        await console.Signal(signal);

        Assert.Equal(0, await console.Exit());
        Assert.False(File.Exists(_fixture.PidFile));
    }

    [Fact]
    public async Task A_second_signal_ends_the_run_at_once()
    {
        _fixture.Server.Faults.Add(new Fault(FaultKind.Hang) { Method = "sendMessage" });
        ConsoleProcess console = _fixture.Start([]);
        _fixture.Bot.EnqueueText(5, 5, "/ping 1");
        await Eventually.IsTrue(() => _fixture.Server.Faults.All[0].Hits == 1, "the answer hangs");

        await console.Signal("TERM");
        await Eventually.IsTrue(() => _fixture.Bot.Statistics.WaitingPoll is null or { ClientGone: true }, "the console has stopped polling");
        Assert.False(console.HasExited);
        await console.Signal("INT");

        Assert.Equal(130, await console.Exit());
        Assert.False(File.Exists(_fixture.PidFile));
    }

    [Fact]
    public async Task A_webhook_of_another_deployment_ends_the_run_and_take_over_deletes_that_webhook()
    {
        var owner = new TelegramBotClient(new TelegramBotClientOptions(ConsoleFixture.Token, _fixture.Server.Url));
        await owner.SetWebhook("https://deployed.example.com/hook", cancellationToken: TestContext.Current.CancellationToken);
        _fixture.Bot.EnqueueText(5, 5, "/ping 1");

        ConsoleProcess careful = _fixture.Start([]);
        Assert.Equal(75, await careful.Exit());
        Assert.Contains("https://deployed.example.com", careful.Errors, StringComparison.Ordinal);
        ConsoleProcess bold = _fixture.Start(["--take-over"]);
        await _fixture.Answered(1);

        Assert.Equal(0, await bold.Stop());
        Assert.Equal(0, _fixture.Bot.Statistics.ConflictsAnswered);
    }

    [Fact]
    public async Task Drop_pending_drops_the_updates_that_are_pending_at_Telegram_when_the_run_starts()
    {
        _fixture.Bot.EnqueueText(5, 5, "/ping old");
        ConsoleProcess console = _fixture.Start(["--drop-pending"]);
        await console.Receives();
        await Eventually.IsTrue(() => _fixture.Bot.Statistics.WaitingPoll is not null, "the console polls");
        _fixture.Bot.EnqueueText(5, 5, "/ping new");
        await _fixture.Answered(1);

        Assert.Equal(0, await console.Stop());
        Assert.Equal("pong new", Assert.Single(_fixture.Bot.Sent).Text);
        Assert.Equal(UpdateRemoval.Dropped, _fixture.Bot.Updates[0].Removal);
    }

    [Fact]
    public async Task A_token_that_Telegram_rejects_ends_the_run_with_a_message()
    {
        _fixture.Bot.Revoke();
        ConsoleProcess console = _fixture.Start([]);

        Assert.Equal(78, await console.Exit());
        Assert.Contains("does not serve bot 123456: 401 Unauthorized", console.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(_fixture.PidFile));
    }

    [Fact]
    public async Task A_data_directory_that_is_a_file_ends_the_run_with_a_message_that_names_its_path()
    {
        await File.WriteAllTextAsync(Path.Combine(_fixture.Directory, "data"), "", TestContext.Current.CancellationToken);
        ConsoleProcess console = _fixture.Start([]);

        Assert.Equal(77, await console.Exit());
        Assert.Contains(Path.Combine(_fixture.Directory, "data"), console.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_OS_locks_the_run_ends_with_a_message_that_says_what_to_do()
    {
        ConsoleProcess console = _fixture.Start([], ("DOTNET_SYSTEM_IO_DISABLEFILELOCKING", "1"));

        Assert.Equal(77, await console.Exit());
        Assert.StartsWith(
            $"OS locks do not work in DATA_DIR ({Path.Combine(_fixture.Directory, "data")}). Point DATA_DIR at a local disk, or set AzureWebJobsStorage",
            console.Errors,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_command_line_is_an_error()
    {
        ConsoleProcess console = _fixture.Start(["--no-such-option"]);

        Assert.Equal(1, await console.Exit());
        Assert.Contains("--no-such-option", console.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_lists_the_options_and_all_exit_codes()
    {
        ConsoleProcess console = _fixture.Start(["--help"]);

        Assert.Equal(0, await console.Exit());
        foreach (string word in (string[])["--standby", "--take-over", "--drop-pending", "TELEGRAM_BOT_TOKEN", "  0 ", "  1 ", "  70 ", "  75 ", "  77 ", "  78 "])
        {
            Assert.Contains(word, console.Output, StringComparison.Ordinal);
        }
    }
}
