namespace Azker.Conventions.Tests.Rooms;

public class TypeReferencesTests
{
    [Theory]
    [InlineData(typeof(BaseType))]
    [InlineData(typeof(ImplementedInterface))]
    [InlineData(typeof(FieldType))]
    [InlineData(typeof(PropertyType))]
    [InlineData(typeof(Parameter))]
    [InlineData(typeof(Result))]
    [InlineData(typeof(GenericArgument))]
    [InlineData(typeof(Constraint))]
    [InlineData(typeof(MarkAttribute))]
    [InlineData(typeof(NamedByAttribute))]
    [InlineData(typeof(CreatedInBody))]
    [InlineData(typeof(CalledInBody))]
    [InlineData(typeof(NamedInBody))]
    [InlineData(typeof(TypeArgumentInBody))]
    [InlineData(typeof(Caught))]
    [InlineData(typeof(UsedInLambda))]
    [InlineData(typeof(UsedAfterAwait))]
    [InlineData(typeof(UsedInIterator))]
    [InlineData(typeof(UsedAfterSwitch))]
    [InlineData(typeof(UsedByNestedType))]
    public void A_reference_is_found_wherever_it_stands(Type used) =>
        Assert.Contains(used, TypeReferences.Of(typeof(Sample<>)));

    [Fact]
    public void A_type_that_is_not_used_is_not_found() =>
        Assert.DoesNotContain(typeof(Unused), TypeReferences.Of(typeof(Sample<>)));

    [Fact]
    public void An_arrow_that_stands_in_a_method_body_alone_is_found()
    {
        string space = typeof(RoomSamples.Upper.UsesLowerInBody).Namespace!;
        var map = new RoomMap(space[..space.LastIndexOf('.')], [new("Lower", 1), new("Upper", 0)]);

        Assert.Equal(
            "Upper -> Lower: UsesLowerInBody -> LowerType",
            Assert.Single(Arrows.Against(typeof(TypeReferencesTests).Assembly, map)));
    }
}
