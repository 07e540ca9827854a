using System.Text.RegularExpressions;
using Azker.PollingFallback.Tests.Shared;

namespace Azker.PollingFallback.Tests.Commands;

/// <summary>The output of the console in Arabic.</summary>
public sealed partial class ArabicOutputTests : IAsyncLifetime
{
    private static readonly (string Name, string Value) Arabic = ("AZKER_LANG", "ar");

    private static readonly string[] Commands =
    [
        "--help", "dead-letters replay --help", "status", "config --all", "doctor", "lock show", "webhook info", "parked list", "dead-letters list", "dead-letters show 1",
    ];

    private ConsoleFixture _fixture = null!;

    public async ValueTask InitializeAsync() => _fixture = await ConsoleFixture.CreateAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task A_second_start_is_refused_in_the_words_of_the_first_bot()
    {
        ConsoleProcess first = _fixture.Start([]);
        await first.Receives();

        ConsoleProcess second = _fixture.Start([], Arabic);

        Assert.Equal(75, await second.Exit());
        string text = Isolate().Replace(second.Errors, "");
        Assert.StartsWith($"❌ خطأ: هناك نسخة أخرى من البوت تعمل بالفعل (PID: {first.Id})\n", text, StringComparison.Ordinal);
        Assert.Contains("\nℹ️ يرجى إيقاف النسخة الأخرى أولاً", text, StringComparison.Ordinal);
        Assert.Contains($"kill {first.Id}", text, StringComparison.Ordinal);
    }

    [Fact]
    public Task No_English_sentence_is_left() => Task.WhenAll(Commands.Select(async command =>
    {
        ConsoleProcess console = _fixture.Start(command.Split(' '), Arabic);
        await console.Exit();
        string text = Isolated().Replace(console.Output + "\n" + console.Errors, "");

        Assert.Matches("[\u0600-\u06FF]", text);
        Assert.Empty(EnglishSentence().Matches(text).Select(sentence => $"{command}: {sentence.Value}"));
    }));

    [Fact]
    public async Task Faulty_settings_are_named_in_Arabic()
    {
        ConsoleProcess console = _fixture.Start(
            ["config"], Arabic, ("POLL_TIMEOUT", "400"), ("USE_WEBHOOK", "perhaps"), ("LOCK_NAME", "-"), ("TELEGRAM_PROXY", "x:y:z"), ("UPDATE_LEDGER", "paper"));

        Assert.Equal(78, await console.Exit());
        string text = Isolate().Replace(console.Output, "");
        Assert.Contains("POLL_TIMEOUT: القيمة 400 ليست عدد ثوانٍ من 1 إلى 50؛ احذفه ليأخذ القيمة 50.", text, StringComparison.Ordinal);
        Assert.Contains("USE_WEBHOOK: القيمة perhaps ليست true ولا false؛ اضبطه على true أو false.", text, StringComparison.Ordinal);
        Assert.Empty(EnglishSentence().Matches(text).Select(sentence => sentence.Value));
    }

    [Fact]
    public async Task A_run_that_a_fault_ends_says_so_in_Arabic()
    {
        _fixture.Bot.Revoke();
        ConsoleProcess revoked = _fixture.Start([], Arabic);
        Assert.Equal(78, await revoked.Exit());
        Assert.StartsWith("❌ خطأ: لا يخدم خادم Bot API هذا البوت\nℹ️ يرجى مراجعة ", revoked.Errors, StringComparison.Ordinal);

        string file = Path.Combine(_fixture.Directory, "file");
        await File.WriteAllTextAsync(file, "in the way", TestContext.Current.CancellationToken);
        ConsoleProcess blocked = _fixture.Start([], Arabic, ("DATA_DIR", Path.Combine(file, "data")));
        Assert.Equal(77, await blocked.Exit());
        Assert.StartsWith("❌ خطأ: لا يمكن استخدام قفل الاستقبال أو السجل\n", blocked.Errors, StringComparison.Ordinal);
    }

    [GeneratedRegex("[\u2066-\u2069]")]
    private static partial Regex Isolate();

    [GeneratedRegex("[\u2066\u2068][^\u2066-\u2069]*\u2069")]
    private static partial Regex Isolated();

    /// <summary>Three words in a row of which none looks like a name.</summary>
    [GeneratedRegex(@"\b[A-Za-z][a-z]+ [a-z]+ [a-z]+\b")]
    private static partial Regex EnglishSentence();
}
