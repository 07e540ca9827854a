using System.Globalization;
using Azker.Core.BotApi;
using Azker.Core.Delivery.DeadLetters;
using Azker.Core.Delivery.Ledger;
using Azker.Core.Delivery.Parking;
using Azker.Core.Hosting;
using Azker.Core.Locking;
using Azker.Core.Polling;
using Azker.PollingFallback.Commands.Dashboard;
using Azker.PollingFallback.Commands.DeadLetters;
using Azker.PollingFallback.Commands.Parked;
using Azker.PollingFallback.Hosting;
using Azker.PollingFallback.Language;
using Azker.PollingFallback.Output;
using Azker.PollingFallback.Settings;
using Microsoft.Extensions.Options;

namespace Azker.PollingFallback.Commands;

/// <summary>Maps an exception that ends a command early to its exit code and its message.</summary>
internal static class CommandFault
{
    /// <summary>Runs a command, and prints the exception that ended it early.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> CatchAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (Exception error) when (CodeOf(error) is { } code)
        {
            await Console.Error.WriteLineAsync(Describe(error));
            return code;
        }
    }

    /// <returns><see langword="null"/> for an exception that is a defect.</returns>
    private static int? CodeOf(Exception error) => error switch
    {
        OptionsValidationException or SettingsFileException or ListenException or DashboardKeyException or BotApiRejectedException => ExitCode.Misconfigured,
        InstanceLockHeldException or ForeignWebhookException => ExitCode.HeldByOther,
        InstanceLockLostException => ExitCode.LockLost,
        InstanceLockException or UpdateLedgerException => ExitCode.NoPermission,
        DeadLetterException or ParkingException or ExportException => ExitCode.DeadLettersUnusable,
        NoSuchDeadLetterException or NoSuchParkedUpdateException => ExitCode.NoSuchDeadLetter,
        BotApiException => ExitCode.Unexpected,
        _ => null,
    };

    private static string Describe(Exception error) => error switch
    {
        OptionsValidationException faults => Texts.FormatFaultySettings(
            faults.Failures.Count() == 1 ? Texts.FaultySetting : Texts.SomeFaultySettings,
            string.Join("\n  ", faults.Failures),
            SettingsFiles.Describe(Directory.GetCurrentDirectory())),
        InstanceLockHeldException { Holder: { } holder, IsSameBot: true } => Texts.FormatInstanceHeld(
            holder.ProcessId, holder.Host, In(holder.DataDirectory), Time(holder.StartedAt), $"kill {holder.ProcessId}"),
        InstanceLockHeldException held => Texts.FormatFaultHeld(held.Message),
        ForeignWebhookException foreign => Texts.FormatFaultForeignWebhook(foreign.Webhook),
        BotApiRejectedException rejected => Texts.FormatFaultRejected(rejected.Message),
        InstanceLockLostException lost => Texts.FormatFaultLockLost(lost.Message),
        InstanceLockException or UpdateLedgerException => Texts.FormatFaultLock(error.Message),
        DeadLetterException or ParkingException => Texts.FormatFaultStore(error.Message),
        BotApiException { Fault: var fault } => Texts.FormatFaultCall(fault.Method, fault.Detail),
        _ => error.Message,
    };

    private static string In(string? directory) => directory is null ? "" : Texts.FormatInstanceDirectory(directory);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
