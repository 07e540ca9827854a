using System.Collections.Concurrent;
using System.Threading.Channels;
using Azker.Core.Tests.Shared;
using Grpc.Core;

namespace Azker.Functions.Tests.Hosting;

/// <summary>The host's end of the stream to its one worker.</summary>
internal sealed class WorkerStream : FunctionRpc.FunctionRpcBase
{
    private readonly Channel<StreamingMessage> _toWorker = Channel.CreateUnbounded<StreamingMessage>();
    private readonly Channel<StreamingMessage> _fromWorker = Channel.CreateUnbounded<StreamingMessage>();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<InvocationResponse>> _invocations = new();

    /// <summary>All log lines of the worker.</summary>
    public ConcurrentQueue<RpcLog> Logs { get; } = new();

    public override async Task EventStream(
        IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context)
    {
        Task writing = WriteAsync(responseStream, context.CancellationToken);
        await foreach (StreamingMessage message in requestStream.ReadAllAsync(context.CancellationToken))
        {
            Take(message);
        }

        _toWorker.Writer.Complete();
        await writing;
    }

    /// <summary>The next message other than logs and answers to invocations.</summary>
    public async Task<StreamingMessage> NextAsync(StreamingMessage.ContentOneofCase expected)
    {
        StreamingMessage message = await Eventually.Completes(_fromWorker.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask());
        Assert.Equal(expected, message.ContentCase);
        return message;
    }

    public void Send(StreamingMessage message)
    {
        message.RequestId = Guid.NewGuid().ToString();
        Assert.True(_toWorker.Writer.TryWrite(message));
    }

    /// <summary>Sends an invocation and waits for its answer; answers can arrive in another order than the invocations.</summary>
    public Task<InvocationResponse> InvokeAsync(InvocationRequest request)
    {
        var answer = new TaskCompletionSource<InvocationResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        _invocations[request.InvocationId] = answer;
        Send(new StreamingMessage { InvocationRequest = request });
        return Eventually.Completes(answer.Task);
    }

    private void Take(StreamingMessage message)
    {
        switch (message.ContentCase)
        {
            case StreamingMessage.ContentOneofCase.RpcLog:
                Logs.Enqueue(message.RpcLog);
                break;
            case StreamingMessage.ContentOneofCase.InvocationResponse:
                _invocations[message.InvocationResponse.InvocationId].SetResult(message.InvocationResponse);
                break;
            case StreamingMessage.ContentOneofCase.None:
                // A worker sends an empty message after a cancelled invocation.
                break;
            default:
                _fromWorker.Writer.TryWrite(message);
                break;
        }
    }

    private async Task WriteAsync(IServerStreamWriter<StreamingMessage> stream, CancellationToken cancellationToken)
    {
        await foreach (StreamingMessage message in _toWorker.Reader.ReadAllAsync(cancellationToken))
        {
            await stream.WriteAsync(message, cancellationToken);
        }
    }
}
