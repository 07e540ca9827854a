using System.Globalization;
using Azker.Core.Configuration;
using Azker.Core.Delivery.Parking;
using Azker.Core.Infrastructure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Azker.AzureFunctions.Parking;

/// <summary>The queue <c>azker-parked-{bot id}</c> of the storage account. A message is the <c>update_id</c> of a parked update.</summary>
internal sealed partial class ParkedUpdateQueue(AzkerOptions options, TimeProvider timeProvider, ILogger<ParkedUpdateQueue> logger) : IParkedUpdateQueue
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The service allows 7 days, and a message must live longer than it is invisible.</summary>
    private static readonly TimeSpan MaxDelay = TimeSpan.FromDays(6);

    private readonly Lazy<QueueClient> _queue = new(() => Create(options));
    private int _isFailing;

    public bool IsUsable => Volatile.Read(ref _isFailing) == 0;

    /// <summary>The name of the bot's queue.</summary>
    public static string NameFor(AzkerOptions options) => string.Create(CultureInfo.InvariantCulture, $"azker-parked-{options.Bot.Token.BotId}");

    /// <summary>Lets a bot park updates if there is a storage account, and bring them back by its queue if there is a queue service.</summary>
    public static void SetUp(AzkerOptions options, IServiceCollection receiver)
    {
        // Work that outlives its invocation is not safe on Azure Functions.
        receiver.AddSingleton(new ParkingLimits(IsPossible: options.Storage.IsConfigured, OutlivesRequests: false));
        if (options.Storage.ConnectionString is not null || options.Storage.QueueServiceUri is not null)
        {
            receiver.AddSingleton<IParkedUpdateQueue, ParkedUpdateQueue>();
        }
    }

    public async Task PutAsync(int updateId, TimeSpan delay)
    {
        string message = updateId.ToString(CultureInfo.InvariantCulture);
        TimeSpan invisible = delay < TimeSpan.Zero ? TimeSpan.Zero : delay > MaxDelay ? MaxDelay : delay;
        Task<StorageAnswer<SendReceipt>> PutAsync() => CallAsync(
            async token => (await _queue.Value.SendMessageAsync(message, invisible, cancellationToken: token)).Value);

        StorageAnswer<SendReceipt> answer = await PutAsync();
        if (answer.Fault is { } missing && missing.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            await CallAsync(token => _queue.Value.CreateIfNotExistsAsync(cancellationToken: token));
            answer = await PutAsync();
        }

        Note(answer.Fault);
    }

    private static QueueClient Create(AzkerOptions options)
    {
        // The trigger of the host expects Base64.
        QueueClientOptions client = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }.WithoutRetries(CallTimeout, options.Storage.Transport);
        return options.Storage.ConnectionString is { } connection
            ? new QueueClient(connection, NameFor(options), client)
            : new QueueClient(new Uri($"{options.Storage.QueueServiceUri!.AbsoluteUri.TrimEnd('/')}/{NameFor(options)}"), options.Storage.Identity, client);
    }

    private Task<StorageAnswer<T>> CallAsync<T>(Func<CancellationToken, Task<T>> call) =>
        StorageCall.RunAsync(call, CallTimeout, timeProvider, CancellationToken.None);

    private void Note(StorageFault? fault)
    {
        int isFailing = fault is null ? 0 : 1;
        if (Interlocked.Exchange(ref _isFailing, isFailing) == isFailing)
        {
            return;
        }

        if (fault is null)
        {
            Log.Recovered(logger, NameFor(options));
        }
        else
        {
            Log.Failed(logger, NameFor(options), fault.Evidence);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(11001, LogLevel.Warning,
            "The queue {Queue} cannot be used: {Fault}. A timer goes on with parked updates until then, so they wait for up to a minute longer. "
            + "Check that the storage account has a queue service, and the permissions there.")]
        public static partial void Failed(ILogger logger, string queue, string fault);

        [LoggerMessage(11002, LogLevel.Information, "The queue {Queue} can be used again.")]
        public static partial void Recovered(ILogger logger, string queue);
    }
}
