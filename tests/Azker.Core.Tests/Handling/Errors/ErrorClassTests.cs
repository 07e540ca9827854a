using System.Data.Common;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text.Json;
using Azker.Core.Handling.Errors;
using Azure;
using CsCheck;
using Telegram.Bot.Exceptions;

namespace Azker.Core.Tests.Handling.Errors;

public sealed class ErrorClassTests
{
    public static TheoryData<Exception> Outages =>
    [
        new HttpRequestException("Connection refused"),
        new HttpRequestException("Bad gateway", null, HttpStatusCode.BadGateway),
        new HttpRequestException("Timeout", null, HttpStatusCode.RequestTimeout),
        new SocketException((int)SocketError.HostNotFound),
        new TimeoutException(),
        new TaskCanceledException("Timed out", new TimeoutException()),
        new Database(isTransient: true),
        new RequestFailedException("No connection"),
        new RequestFailedException(408, "Timeout"),
        new RequestFailedException(429, "Busy"),
        new RequestFailedException(503, "Busy"),
    ];

    public static TheoryData<Exception> Unknown =>
    [
        new InvalidOperationException(),
        new IOException("Disk full"),
        new OperationCanceledException(),
        new Database(isTransient: false),
        new RequestFailedException(404, "Not found"),
        new RequestFailedException(412, "Condition not met"),
        new HttpRequestException("Not found", null, HttpStatusCode.NotFound),
        new ApiRequestException("A code that is none of the Bot API"),
        new Hostile(),
    ];

    [Theory]
    [MemberData(nameof(Outages))]
    public void A_server_that_is_down_is_an_outage(Exception error) => Assert.Equal(ErrorClass.Outage, ErrorClass.Of(error));

    [Theory]
    [InlineData(typeof(ArgumentException))]
    [InlineData(typeof(ArgumentNullException))]
    [InlineData(typeof(NullReferenceException))]
    [InlineData(typeof(InvalidCastException))]
    [InlineData(typeof(JsonException))]
    [InlineData(typeof(FormatException))]
    [InlineData(typeof(NotSupportedException))]
    [InlineData(typeof(NotImplementedException))]
    [InlineData(typeof(IndexOutOfRangeException))]
    [InlineData(typeof(KeyNotFoundException))]
    public void An_error_that_no_repetition_cures_is_a_fault(Type error) =>
        Assert.Equal(ErrorClass.Faulty, ErrorClass.Of((Exception)Activator.CreateInstance(error)!));

    [Fact]
    public void An_upload_that_was_disposed_of_is_a_fault_although_it_looks_like_the_network() => Assert.Equal(
        ErrorClass.Faulty, ErrorClass.Of(new HttpRequestException("Error while copying content to a stream.", new ObjectDisposedException("upload"))));

    [Theory]
    [MemberData(nameof(Unknown))]
    public void Any_other_error_is_unexpected(Exception error) => Assert.Equal(ErrorClass.Unexpected, ErrorClass.Of(error));

    [Fact]
    public void A_429_of_another_server_is_throttled_for_1_s() => Assert.Equal(
        ErrorClass.Throttled(TimeSpan.FromSeconds(1)), ErrorClass.Of(new HttpRequestException("Slow down", null, HttpStatusCode.TooManyRequests)));

    [Fact]
    public void The_outermost_exception_that_a_rule_knows_decides()
    {
        Assert.Equal(ErrorClass.Faulty, ErrorClass.Of(new InvalidOperationException("outer", new ArgumentException("inner", new TimeoutException()))));
        Assert.Equal(ErrorClass.Outage, ErrorClass.Of(new TargetInvocationException(new IOException("cut", new SocketException()))));
        Assert.Equal(ErrorClass.Unexpected, ErrorClass.Of(new Database(isTransient: false, new SocketException())));
    }

    [Fact]
    public void Of_several_exceptions_the_first_that_a_rule_knows_decides()
    {
        Assert.Equal(ErrorClass.Outage, ErrorClass.Of(new AggregateException(new IOException(), new TimeoutException(), new ArgumentException("wrong"))));
        Assert.Equal(ErrorClass.Faulty, ErrorClass.Of(new AggregateException(new IOException("first", new ArgumentException("wrong")), new TimeoutException())));
    }

    [Fact]
    public void An_exception_deep_inside_others_is_found_within_bounds()
    {
        Assert.Equal(ErrorClass.Outage, ErrorClass.Of(Wrapped(new TimeoutException(), times: 20)));
        Assert.Equal(ErrorClass.Unexpected, ErrorClass.Of(Wrapped(new TimeoutException(), times: 10_000)));
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0.5, 1)]
    [InlineData(90, 90)]
    [InlineData(9_000_000, 30 * 86_400)]
    public void A_wait_is_at_least_1_s_and_at_most_30_days(double asked, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), ErrorClass.Throttled(TimeSpan.FromSeconds(asked)).RetryAfter);

    [Fact]
    public void Every_exception_has_a_class()
    {
        Exception[] samples = [.. Outages.Concat(Unknown).Select(row => row.Data)];
        Gen<Exception> leaf = Gen.OneOf(
            Gen.Int[0, samples.Length - 1].Select(index => samples[index]),
            Gen.Select(Gen.String, Gen.Int, (text, code) => (Exception)new ApiRequestException(text, code)),
            Gen.Select(Gen.String, Gen.Int, (text, status) => (Exception)new RequestException(text, (HttpStatusCode)status)),
            Gen.Int.Select(status => (Exception)new RequestFailedException(status, "Azure")));
        Gen<Exception> any = Gen.Recursive<Exception>((depth, inner) => depth > 4
            ? leaf
            : Gen.OneOf(
                leaf,
                inner.Select(error => (Exception)new InvalidOperationException("outer", error)),
                inner.Select(error => (Exception)new RequestException("outer", error)),
                inner.Array[0, 3].Select(errors => (Exception)new AggregateException(errors))));

        any.Sample(error => Enum.IsDefined(ErrorClass.Of(error).Kind));
    }

    private static Exception Wrapped(Exception error, int times)
    {
        for (int i = 0; i < times; i++)
        {
            error = new InvalidOperationException("outer", error);
        }

        return error;
    }

    private sealed class Database(bool isTransient, Exception? inner = null) : DbException("Database", inner)
    {
        public override bool IsTransient => isTransient;
    }

    private sealed class Hostile : DbException
    {
        public override bool IsTransient => throw new InvalidOperationException("hostile");

        public override string Message => throw new InvalidOperationException("hostile");
    }
}
