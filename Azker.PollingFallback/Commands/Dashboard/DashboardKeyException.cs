using Azker.Core.Configuration;
using Azker.PollingFallback.Language;

namespace Azker.PollingFallback.Commands.Dashboard;

/// <summary>The dashboard has no key, and would be served to other machines.</summary>
internal sealed class DashboardKeyException(Uri address)
    : Exception(Texts.FormatDashboardNeedsKey(SettingNames.DashboardListen, $"{address.Scheme}://{address.Authority}", SettingNames.DashboardKey, "--new-key"));
