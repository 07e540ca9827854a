using Azker.Core.Configuration;
using Azker.Core.Configuration.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Azker.PollingFallback.Hosting;

/// <summary>The console's log, in the form that <c>LOG_FORMAT</c> names.</summary>
internal static class ConsoleLog
{
    /// <summary>The form that the settings name; text if the setting is faulty, which is reported later with all other faults.</summary>
    public static LogFormat FormatOf(IConfiguration configuration) => LogFormatSetting.Find(configuration[SettingNames.LogFormat] ?? "") ?? LogFormat.Text;

    public static void Add(ILoggingBuilder logging, LogFormat format)
    {
        if (format == LogFormat.Json)
        {
            logging.AddJsonConsole(console =>
            {
                console.IncludeScopes = true;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            });
        }
        else
        {
            logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-dd HH:mm:ss.fff'Z' ";
            });
        }
    }
}
