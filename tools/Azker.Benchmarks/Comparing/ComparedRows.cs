using System.Globalization;
using System.Net;
using Azker.Core.Configuration;
using Azker.Processes;

namespace Azker.Benchmarks.Comparing;

/// <summary>The rows of the comparison.</summary>
internal static class ComparedRows
{
    private const string TelegramBotWebhook = "Telegram.Bot in a minimal API";
    private const string TelegramBotPolling = "Telegram.Bot ReceiveAsync";
    private const string Microseconds = "us of CPU an update";
    private const int Chats = 1000;
    private const int Connections = 40;

    public static IReadOnlyList<ComparedRow> All { get; } =
    [
        Webhook("webhook_cpu_per_update", 0.9, Program.AzkerRaw, "memory", SampleUpdates.Message),
        Webhook("webhook_cpu_per_update_typed", 1, Program.AzkerTyped, "memory", SampleUpdates.Message),
        Webhook("webhook_cpu_per_update_disk", 1.3, Program.AzkerRaw, "file", SampleUpdates.Message),
        Webhook("webhook_large", 0.9, Program.AzkerRaw, "memory", SampleUpdates.LargeMessage),
        Percentile("webhook_p99", 0.99, connections: 20),
        Percentile("webhook_p50", 0.5, connections: 1),
        Polling("polling_cpu_per_update", 0.8, Program.AzkerRaw, "memory"),
        Polling("polling_cpu_per_update_typed", 1, Program.AzkerTyped, "memory"),
        Polling("polling_cpu_per_update_disk", 2, Program.AzkerRaw, "file"),
    ];

    private static ComparedRow Webhook(string name, double bar, string program, string ledger, Func<int, int, string> message) => new(
        name,
        Microseconds,
        TelegramBotWebhook,
        bar,
        async () => (await ServeAsync(program, ledger, message, Connections)).Cpu,
        async () => (await ServeAsync(Program.TelegramBotWebhook, ledger, message, Connections)).Cpu);

    private static ComparedRow Percentile(string name, double percentile, int connections) => new(
        name,
        "ms to the answer",
        TelegramBotWebhook,
        1,
        async () => At(percentile, (await ServeAsync(Program.AzkerRaw, "memory", SampleUpdates.Message, connections)).Times),
        async () => At(percentile, (await ServeAsync(Program.TelegramBotWebhook, "memory", SampleUpdates.Message, connections)).Times));

    private static ComparedRow Polling(string name, double bar, string program, string ledger) => new(
        name, Microseconds, TelegramBotPolling, bar, () => PollAsync(program, ledger), () => PollAsync(Program.TelegramBotPolling, ledger));

    private static async Task<double> PollAsync(string program, string ledger)
    {
        await using UpdateSource source = await UpdateSource.StartAsync(Chats);
        using var directory = new ScratchDirectory();
        using ComparedProcess process = ComparedProcess.Start(program, Settings(source, directory, ledger), "50000", "300000");
        return (await process.Measured).Cpu;
    }

    private static async Task<(double Cpu, IReadOnlyList<double> Times)> ServeAsync(
        string program, string ledger, Func<int, int, string> message, int connections)
    {
        await using UpdateSource source = await UpdateSource.StartAsync(Chats);
        using var directory = new ScratchDirectory();
        var address = new IPEndPoint(IPAddress.Loopback, FreePort.Take());
        KeyValuePair<string, string>[] settings =
        [
            .. Settings(source, directory, ledger),
            new(SettingNames.UseWebhook, "true"),
            new(SettingNames.WebhookUrl, "https://bot.example.com"),
            new(SettingNames.WebhookSecret, WebhookLoad.Secret),
            new(SettingNames.WebhookListen, string.Create(CultureInfo.InvariantCulture, $"http://{address}")),
        ];
        (string warmUp, string measured) = connections == 1 ? ("10000", "20000") : ("50000", "150000");
        using ComparedProcess process = ComparedProcess.Start(program, settings, warmUp, measured);
        await ServedAddress.WaitUntilServedAsync(address, process.Measured);
        IReadOnlyList<double> times = await new WebhookLoad(address, connections, number => message(number, Chats)).RunAsync(process.Measured);
        return ((await process.Measured).Cpu, times);
    }

    private static double At(double percentile, IReadOnlyList<double> times) => times.Order().ElementAt((int)(times.Count * percentile));

    private static KeyValuePair<string, string>[] Settings(UpdateSource source, ScratchDirectory directory, string ledger) =>
    [
        new(SettingNames.TelegramBotToken, ComparedPrograms.Token),
        new(SettingNames.TelegramApiUrl, source.Url),
        new(SettingNames.DataDirectory, directory.Path),
        new(SettingNames.UpdateLedger, ledger),
    ];

    /// <summary>The names of the programs.</summary>
    internal static class Program
    {
        public const string AzkerRaw = "azker-raw";
        public const string AzkerTyped = "azker-typed";
        public const string TelegramBotWebhook = "telegram-bot-webhook";
        public const string TelegramBotPolling = "telegram-bot-polling";
    }
}
