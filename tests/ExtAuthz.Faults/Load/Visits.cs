namespace ExtAuthz.Faults.Load;

/// <summary>What must hold of visits, told without their cookies.</summary>
internal static class Visits
{
    /// <summary>All ended so.</summary>
    public static void ShouldAllBe(this IEnumerable<Visit> visits, VisitKind kind) =>
        visits.CountBy(visit => visit.Kind).ShouldHaveSingleItem().Key.ShouldBe(kind);

    /// <summary>All were allowed, and upstream was told of nobody else.</summary>
    public static void ShouldAllBeAllowedAs(this IEnumerable<Visit> visits, string userId)
    {
        visits.Select(visit => (visit.Kind, visit.UserId)).Distinct().ShouldBe([(VisitKind.Allowed, userId)]);
    }

    /// <summary>All that brought a cookie brought the same.</summary>
    public static string ShouldHaveOneCookie(this IEnumerable<Visit> visits)
    {
        var cookies = visits.Select(visit => visit.SetCookie ?? "").Distinct().ToList();
        cookies.Count.ShouldBe(1, "different cookies");
        cookies[0].ShouldNotBeEmpty();
        return cookies[0];
    }
}
