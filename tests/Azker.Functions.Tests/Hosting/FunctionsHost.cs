using System.Globalization;
using System.Net;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Azker.Functions.Tests.Hosting;

/// <summary>A host of Azure Functions: it starts the app's worker, loads the worker's functions and invokes them.</summary>
internal sealed class FunctionsHost : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly WorkerStream _stream;
    private readonly Dictionary<string, RpcFunctionMetadata> _functions = [];

    private FunctionsHost(WebApplication server, WorkerProcess worker) =>
        (_server, Worker, _stream) = (server, worker, server.Services.GetRequiredService<WorkerStream>());

    public WorkerProcess Worker { get; }

    /// <summary>The metadata of the worker's functions, by their names.</summary>
    public IReadOnlyDictionary<string, RpcFunctionMetadata> Functions => _functions;

    /// <summary>The log lines of the worker, during invocations and between them.</summary>
    public IReadOnlyList<RpcLog> Logs => [.. _stream.Logs];

    public static async Task<FunctionsHost> StartAsync(WorkerApp app, params IEnumerable<(string Name, string Value)> settings)
    {
        string workerId = Guid.NewGuid().ToString();
        WebApplication server = await ListenAsync();
        var host = new FunctionsHost(server, WorkerProcess.Start(app, server.Urls.Single(), workerId, settings));
        try
        {
            await host.LoadAsync(workerId, app.Directory);
            return host;
        }
        catch (Exception error)
        {
            await host.DisposeAsync();
            throw new InvalidOperationException($"The worker did not start. Its errors: {host.Worker.Errors}", error);
        }
    }

    public async Task<HttpAnswer> SendAsync(HttpCall call)
    {
        string function = call.Method == "GET" ? FunctionAt(call.Path) : "Webhook";
        InvocationResponse response = await InvokeAsync(function, call.ToBinding("request"), call.RouteValues);
        return HttpAnswer.Of(response.ReturnValue.Http);
    }

    /// <summary>Invokes a function as its timer does.</summary>
    public Task TickAsync(string function) => InvokeAsync(
        function,
        new ParameterBinding { Name = "timer", Data = new TypedData { Json = """{"Schedule":{"AdjustForDST":true},"ScheduleStatus":null,"IsPastDue":false}""" } },
        []);

    /// <summary>Invokes a function as its queue trigger does.</summary>
    public Task QueueAsync(string function, string message) => InvokeAsync(
        function, new ParameterBinding { Name = "updateId", Data = new TypedData { String = message } }, []);

    /// <summary>Asks the worker to end.</summary>
    public void Terminate() =>
        _stream.Send(new StreamingMessage { WorkerTerminate = new WorkerTerminate { GracePeriod = Duration.FromTimeSpan(TimeSpan.FromSeconds(5)) } });

    public async ValueTask DisposeAsync()
    {
        await Worker.DisposeAsync();
        await _server.DisposeAsync();
    }

    private string FunctionAt(string path) => _functions.Values.Single(
        function => function.RawBindings.Any(binding => binding.Contains($"\"route\":\"{path[1..]}\"", StringComparison.OrdinalIgnoreCase))).Name;

    private static async Task<WebApplication> ListenAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddSingleton<WorkerStream>().AddGrpc(grpc => grpc.MaxReceiveMessageSize = grpc.MaxSendMessageSize = null);
        WebApplication server = builder.Build();
        server.MapGrpcService<WorkerStream>();
        await server.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    private async Task LoadAsync(string workerId, string directory)
    {
        Assert.Equal(workerId, (await _stream.NextAsync(StreamingMessage.ContentOneofCase.StartStream)).StartStream.WorkerId);
        _stream.Send(new StreamingMessage
        {
            WorkerInitRequest = new WorkerInitRequest
            {
                HostVersion = "4.1037.0",
                WorkerDirectory = directory,
                FunctionAppDirectory = directory,
            },
        });
        Check((await _stream.NextAsync(StreamingMessage.ContentOneofCase.WorkerInitResponse)).WorkerInitResponse.Result);
        _stream.Send(new StreamingMessage { FunctionsMetadataRequest = new FunctionsMetadataRequest { FunctionAppDirectory = directory } });
        FunctionMetadataResponse offer = (await _stream.NextAsync(StreamingMessage.ContentOneofCase.FunctionMetadataResponse)).FunctionMetadataResponse;
        Check(offer.Result);
        foreach (RpcFunctionMetadata function in offer.FunctionMetadataResults)
        {
            _functions.Add(function.Name, function);
            _stream.Send(new StreamingMessage { FunctionLoadRequest = new FunctionLoadRequest { FunctionId = function.FunctionId, Metadata = function } });
            Check((await _stream.NextAsync(StreamingMessage.ContentOneofCase.FunctionLoadResponse)).FunctionLoadResponse.Result);
        }
    }

    private async Task<InvocationResponse> InvokeAsync(string function, ParameterBinding input, IEnumerable<(string Name, string Value)> metadata)
    {
        var request = new InvocationRequest
        {
            InvocationId = Guid.NewGuid().ToString(),
            FunctionId = _functions[function].FunctionId,
            InputData = { input },
            TraceContext = new RpcTraceContext(),
            RetryContext = new RetryContext(),
        };
        foreach ((string name, string value) in metadata)
        {
            request.TriggerMetadata[name] = new TypedData { String = value };
        }

        InvocationResponse response = await _stream.InvokeAsync(request);
        Check(response.Result);
        return response;
    }

    private static void Check(StatusResult result) => Assert.True(
        result.Status == StatusResult.Types.Status.Success,
        string.Create(CultureInfo.InvariantCulture, $"The worker reports {result.Status}: {result.Exception?.Message}"));
}
