using Azker.Core.Configuration;
using Azker.PollingFallback.Language;

namespace Azker.PollingFallback.Hosting;

/// <summary>The server cannot listen at an address; the message names the addresses.</summary>
internal sealed class ListenException(IReadOnlyList<Uri> addresses, Exception inner) : Exception(
    Texts.FormatFaultListen(
        string.Join(", ", addresses.Select(address => $"{address.Scheme}://{address.Authority}")), inner.Message, SettingNames.WebhookListen, SettingNames.HealthListen),
    inner);
