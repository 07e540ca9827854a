using System.Net;
using System.Runtime.CompilerServices;
using Azker.Core.Configuration;
using Azker.Core.Hosting;
using Azker.Core.Webhook.Registration;
using Azker.PollingFallback.Language;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.PollingFallback.Diagnosis;

/// <summary>Checks the URL of the webhook as Telegram would: its form, DNS, the connection, TLS, and the answers to two requests.</summary>
internal sealed class WebhookChecks(AzkerBot bot)
{
    private readonly WebhookOptions _webhook = bot.Options.Webhook;

    /// <param name="sendsRequests">Whether the two requests are sent.</param>
    /// <param name="cancellationToken">Ends the checks.</param>
    public async IAsyncEnumerable<Finding> RunAsync(bool sendsRequests, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_webhook.Url is not { } url)
        {
            yield return Finding.Problem("webhook-url", Texts.CheckNoUrl, Texts.CheckNoUrlRemedy);
            yield break;
        }

        string? fault = await bot.Receiver.GetRequiredService<WebhookRegistration>().FindFaultAsync(cancellationToken);
        yield return fault is null
            ? Finding.Ok("webhook-url", Texts.FormatCheckUrlOk(PlainUrlConverter.Show(url)))
            : Finding.Problem("webhook-url", Texts.FormatCheckUrlFault(fault), Texts.CheckUrlRemedy);

        IPAddress[] addresses = _webhook.IpAddress is { } told ? [told] : await HostAddresses.FindAsync(bot, url, cancellationToken);
        yield return addresses.Length > 0
            ? Finding.Ok("webhook-dns", Texts.FormatCheckDnsOk(url.IdnHost, string.Join(", ", addresses.Select(address => $"{address}"))))
            : Finding.Problem("webhook-dns", Texts.FormatCheckDnsFailed(url.IdnHost), Texts.CheckDnsRemedy);

        bool isReached = false;
        foreach (IPAddress address in addresses)
        {
            Finding connection = await new ConnectionCheck(url, _webhook.Certificate).RunAsync(address, cancellationToken);
            isReached |= connection.State != FindingState.Problem;
            yield return connection;
        }

        if (isReached && sendsRequests)
        {
            using var answers = new WebhookAnswerChecks(bot, url);
            yield return await answers.RefusesAsync(cancellationToken);
            yield return await answers.AcceptsAsync(cancellationToken);
        }
    }
}
