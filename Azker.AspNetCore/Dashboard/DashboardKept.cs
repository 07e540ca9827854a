using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Azker.Core.Delivery.DeadLetters;
using Azker.Core.Delivery.Parking;
using Azker.Core.Hosting;
using Azker.Core.Infrastructure;
using Azker.Core.Updates;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.AspNetCore.Dashboard;

/// <summary>Lists the parked updates and the dead letters without a text of a user, and shows one of them whole when a person asks for it.</summary>
internal sealed class DashboardKept
{
    /// <summary>The most of each that the page lists.</summary>
    private const int Most = 100;

    private readonly DeadLetterArchive _letters;
    private readonly IParkedUpdateStore _parked;
    private readonly SingleFlight<KeptReport> _report;

    public DashboardKept(AzkerBot bot)
    {
        _letters = bot.Receiver.GetRequiredService<DeadLetterArchive>();
        _parked = bot.Receiver.GetRequiredService<IParkedUpdateStore>();
        _report = new SingleFlight<KeptReport>(CollectAsync, TimeSpan.FromSeconds(2), bot.Receiver.GetRequiredService<TimeProvider>());
    }

    public Task<KeptReport> ReadAsync(CancellationToken cancellationToken) => _report.GetAsync(cancellationToken);

    /// <summary>Makes the next report list again, after a replay.</summary>
    public void Forget() => _report.Forget();

    /// <returns>The dead letter with exactly this ID; <see langword="null"/> when it is gone.</returns>
    /// <exception cref="DeadLetterException">The dead letters cannot be read.</exception>
    public async Task<StoredDeadLetter?> FindLetterAsync(string id, CancellationToken cancellationToken) =>
        await _letters.ListAsync(cancellationToken).FirstOrDefaultAsync(letter => letter.Id == id, cancellationToken);

    /// <returns>The dead letter as JSON, with its update and its error; <see langword="null"/> when it is gone.</returns>
    /// <exception cref="DeadLetterException">The dead letter cannot be read.</exception>
    public async Task<string?> ShowLetterAsync(string id, CancellationToken cancellationToken) =>
        await FindLetterAsync(id, cancellationToken) is { } letter && await _letters.ReadAsync(letter, cancellationToken) is { } raw
            ? letter.ToJson(raw)
            : null;

    /// <returns>The parked update as JSON; <see langword="null"/> when it is gone.</returns>
    /// <exception cref="ParkingException">The update cannot be read.</exception>
    public async Task<string?> ShowParkedAsync(string id, CancellationToken cancellationToken) =>
        await _parked.FindAsync(int.Parse(id, CultureInfo.InvariantCulture), cancellationToken) is { } update
            ? new JsonObject
            {
                ["update_id"] = update.UpdateId,
                ["arrived_at"] = update.ArrivedAt,
                ["not_before"] = update.NotBefore,
                ["raw"] = Encoding.UTF8.GetString(update.Raw.Span),
            }.ToJsonString()
            : null;

    private async Task<KeptReport> CollectAsync(CancellationToken cancellationToken)
    {
        try
        {
            List<StoredDeadLetter> letters = await _letters.ListAsync(cancellationToken).ToListAsync(cancellationToken);
            List<int> parked = await _parked.ListIdsAsync(cancellationToken).OrderDescending().ToListAsync(cancellationToken);
            return new KeptReport(
                await ParkedAsync(parked.Take(Most), cancellationToken),
                parked.Count,
                [.. letters.OrderByDescending(letter => letter.Letter.GivenUpAt).Take(Most).Select(Letter)],
                letters.Count,
                Fault: null);
        }
        catch (Exception error) when (error is DeadLetterException or ParkingException)
        {
            return new KeptReport([], 0, [], 0, error.Message);
        }
    }

    private async Task<IReadOnlyList<ParkedReport>> ParkedAsync(IEnumerable<int> ids, CancellationToken cancellationToken)
    {
        ParkedUpdate?[] updates = await Task.WhenAll(ids.Select(id => _parked.FindAsync(id, cancellationToken)));
        return [.. updates.OfType<ParkedUpdate>().Select(update => new ParkedReport(update.UpdateId, KindOf(update), update.ArrivedAt, update.NotBefore))];
    }

    private static DeadLetterReport Letter(StoredDeadLetter letter) => new(
        letter.Id, letter.Letter.Kind, letter.Letter.Reason, letter.Letter.ErrorType, letter.Letter.Attempts, letter.Letter.GivenUpAt);

    private static string? KindOf(ParkedUpdate update)
    {
        try
        {
            return ReceivedUpdate.Parse(update.Raw).Kind;
        }
        catch (UnreadableUpdateException)
        {
            return null;
        }
    }
}
