using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Azker.Azurite;
using Azker.Core.Configuration;
using Azker.Core.Delivery.Ledger;
using Azure.Core.Pipeline;
using Azure.Data.Tables;

namespace Azker.Core.Tests.Delivery.Ledger;

/// <summary>Azurite's table service, with a table for one test. A test can put its clock forward and make it fail.</summary>
internal sealed partial class TableService(AzuriteServer azurite) : DelegatingHandler(new SocketsHttpHandler())
{
    private static int _tables;

    private readonly long _botId = Interlocked.Increment(ref _tables);

    /// <summary>How far the clock was put forward when a row was written, since the timestamp of the row is the real time.</summary>
    private readonly ConcurrentDictionary<string, TimeSpan> _writtenAhead = new();

    private int _requests;

    /// <summary>How far the clock of the service is put forward.</summary>
    public TimeSpan Ahead { get; set; }

    public int Requests => _requests;

    /// <summary>The queries for more than one row, as their URLs.</summary>
    public ConcurrentQueue<string> Queries { get; } = new();

    /// <summary>Whether requests arrive but their answers are lost.</summary>
    public bool LosesReplies { get; set; }

    /// <summary>The status and the error code of each answer; <see langword="null"/> for Azurite's answers.</summary>
    public (System.Net.HttpStatusCode Status, string Code)? Refusal { get; set; }

    /// <summary>Whether no request arrives.</summary>
    public bool IsDown { get; set; }

    public TableClient CreateClient()
    {
        var storage = new StorageOptions { DataDirectory = "none", ConnectionString = azurite.ConnectionString };
        var transport = new HttpClientTransport(new HttpClient(this, disposeHandler: false));
        return TableLedgerClients.Create(storage, _botId, TimeSpan.FromSeconds(30), transport);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _requests);
        if (Refusal is { } refusal)
        {
            string body = $$$"""{"odata.error":{"code":"{{{refusal.Code}}}","message":{"lang":"en","value":"refused"} } }""";
            return new HttpResponseMessage(refusal.Status) { RequestMessage = request, Content = new StringContent(body, Encoding.UTF8, "application/json") };
        }

        if (IsDown)
        {
            throw new HttpRequestException("The service is down.");
        }

        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        if (LosesReplies)
        {
            throw new HttpRequestException("The answer was lost.");
        }

        string row = RowKey().Match($"{request.RequestUri} {response.Headers.Location}").Value;
        if (request.Method == HttpMethod.Get && row.Length == 0)
        {
            Queries.Enqueue(Uri.UnescapeDataString($"{request.RequestUri}"));
            response.Headers.Date += Ahead;
            response.Content = await PutForwardAsync(response.Content, cancellationToken);
        }
        else if (request.Method == HttpMethod.Get)
        {
            response.Headers.Date += Ahead - _writtenAhead.GetValueOrDefault(row);
        }
        else if (response.IsSuccessStatusCode)
        {
            _writtenAhead[row] = Ahead;
        }

        return response;
    }

    /// <summary>Puts the timestamps of the rows of a query forward, as far as the clock was when each row was written.</summary>
    private async Task<StringContent> PutForwardAsync(HttpContent content, CancellationToken cancellationToken)
    {
        JsonNode json = JsonNode.Parse(await content.ReadAsStringAsync(cancellationToken))!;
        foreach (JsonNode row in json["value"]?.AsArray().OfType<JsonNode>() ?? [])
        {
            DateTimeOffset writtenAt = (DateTimeOffset)row["Timestamp"]! + _writtenAhead.GetValueOrDefault($"RowKey='{row["RowKey"]}'");
            row["Timestamp"] = writtenAt.ToString("O", CultureInfo.InvariantCulture);
        }

        return new StringContent(json.ToJsonString(), Encoding.UTF8, "application/json");
    }

    [GeneratedRegex("RowKey='[^']*'")]
    private static partial Regex RowKey();
}
